import { describe, expect, it } from 'vitest'
import type { Batch } from '../src/log/record-range.ts'
import { runProjector } from '../src/projector.ts'
import { EncodedRows } from '../src/tables/encoded-rows.ts'

/** A projector of three batches that notes what it does. */
function projecting(hold: (signal: AbortSignal) => Promise<void>) {
  const calls: string[] = []
  const stopping = new AbortController()
  const note = (call: string) => async () => void calls.push(call)
  const done = runProjector(
    {
      source: {
        async *batches(): AsyncIterable<Batch> {
          for (let index = 0; index < 3; index++) yield { ranges: [] }
        },
        commit: note('commit'),
        setPaused: () => undefined,
        close: async () => undefined,
      },
      deadLetterLog: { append: async () => undefined },
      projection: {
        async fold() {
          calls.push('fold')
          return { deadLetters: [], positions: [], events: 0, recognized: 0, rows: new EncodedRows() }
        },
        prepare: note('prepare'),
        publish: note('publish'),
      },
      hold,
      observer: { stored: () => undefined, waiting: () => undefined },
    },
    stopping.signal,
  )
  return { calls, done, stop: () => stopping.abort() }
}

const times = (calls: readonly string[], call: string) => calls.filter((each) => each === call).length

describe('a projector that is held', () => {
  it('ends what it has begun, and begins nothing', async () => {
    let asked = 0
    let letPass: () => void = () => undefined
    const { calls, done } = projecting(() =>
      ++asked === 2 ? new Promise((resolve) => (letPass = resolve)) : Promise.resolve(),
    )
    await expect.poll(() => calls, { interval: 1 }).toContain('commit')
    expect(times(calls, 'fold')).toBe(1)
    letPass()
    await done
    expect([times(calls, 'fold'), times(calls, 'publish'), times(calls, 'commit')]).toEqual([3, 3, 3])
  })

  it('writes nothing of what it held when it is stopped meanwhile', async () => {
    let held = 0
    const { calls, done, stop } = projecting((signal) => {
      held++
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    })
    await expect.poll(() => held, { interval: 1 }).toBe(1)
    stop()
    await done
    expect({ held, calls }).toEqual({ held: 1, calls: [] })
  })
})
