import type { HeadwaterEvent } from '@headwater/schemas'
import type { Transport } from '../../src/index.ts'

type Answer = 'ok' | 'never' | Error

/** Answers each send by `answer`; keeps what it took and what it was asked. */
export function scriptedTransport(answer: (events: readonly HeadwaterEvent[], attempt: number) => Answer) {
  const taken: HeadwaterEvent[] = []
  const attempts: (readonly HeadwaterEvent[])[] = []
  let closed = 0
  const transport: Transport = {
    async send(events) {
      attempts.push(events)
      const said = answer(events, attempts.length)
      if (said instanceof Error) throw said
      if (said === 'never') await new Promise(() => {})
      taken.push(...events)
    },
    async close() {
      closed += 1
    },
  }
  return { transport, taken, attempts, closed: () => closed }
}
