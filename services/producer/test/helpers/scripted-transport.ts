import type { HeadwaterEvent } from '@headwater/schemas'
import type { Transport } from '../../src/index.ts'

type Answer = 'ok' | 'never' | Error

/** A transport whose sends succeed, fail or hang as `answer` decides; records stored events and attempts. */
export function scriptedTransport(answer: (events: readonly HeadwaterEvent[], attempt: number) => Answer) {
  const taken: HeadwaterEvent[] = []
  const attempts: (readonly HeadwaterEvent[])[] = []
  let closed = 0
  const transport: Transport = {
    async send(events) {
      attempts.push(events)
      const answered = answer(events, attempts.length)
      if (answered instanceof Error) throw answered
      if (answered === 'never') await new Promise(() => {})
      taken.push(...events)
    },
    async close() {
      closed += 1
    },
  }
  return { transport, taken, attempts, closed: () => closed }
}
