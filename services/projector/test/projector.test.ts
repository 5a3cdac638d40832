import { describe, expect, it } from 'vitest'
import type { Batch } from '../src/log/record-range.ts'
import { runProjector } from '../src/projector.ts'
import { EncodedRows } from '../src/tables/encoded-rows.ts'

/** A projector with three batches that records its calls. */
function projecting(
  waitWhilePaused: (signal: AbortSignal) => Promise<void>,
  isSameLog: () => Promise<boolean> = async () => true,
) {
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
        skipDeleted: async () => undefined,
        reading: () => undefined,
        close: async () => undefined,
      },
      deadLetterLog: { append: async () => undefined },
      projection: {
        async fold() {
          calls.push('fold')
          return { deadLetters: [], positions: [], gaps: [], events: 0, recognized: 0, rows: new EncodedRows() }
        },
        prepare: note('prepare'),
        publish: note('publish'),
      },
      isSameLog,
      waitWhilePaused,
      retry: (call) => call(),
      observer: { stored: () => undefined },
    },
    stopping.signal,
  )
  return { calls, done, stop: () => stopping.abort() }
}

const times = (calls: readonly string[], call: string) => calls.filter((each) => each === call).length

describe('a paused projector', () => {
  it('finishes the batches it has begun, and begins no other', async () => {
    let waits = 0
    let resume: () => void = () => undefined
    const { calls, done } = projecting(() =>
      ++waits === 2 ? new Promise((resolve) => (resume = resolve)) : Promise.resolve(),
    )
    await expect.poll(() => calls, { interval: 1 }).toContain('commit')
    expect(times(calls, 'fold')).toBe(1)
    resume()
    await done
    expect([times(calls, 'fold'), times(calls, 'publish'), times(calls, 'commit')]).toEqual([3, 3, 3])
  })

  it('writes nothing of the waiting batch when it is stopped', async () => {
    let waits = 0
    const { calls, done, stop } = projecting((signal) => {
      waits++
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    })
    await expect.poll(() => waits, { interval: 1 }).toBe(1)
    stop()
    await done
    expect({ waits, calls }).toEqual({ waits: 1, calls: [] })
  })
})

describe('a projector whose log was replaced', () => {
  it('stores nothing of the batch that may be of another log', async () => {
    let batches = 0
    const { calls, done } = projecting(
      async () => undefined,
      async () => ++batches < 3,
    )
    await done
    expect([times(calls, 'publish'), times(calls, 'commit')]).toEqual([2, 2])
  })

  it('folds on while it waits to know the log, and writes nothing before', async () => {
    const answers: ((isSame: boolean) => void)[] = []
    const { calls, done } = projecting(
      async () => undefined,
      () => new Promise((resolve) => answers.push(resolve)),
    )
    await expect.poll(() => times(calls, 'fold'), { interval: 1 }).toBe(2)
    expect(calls).toEqual(['fold', 'fold'])
    answers[1]?.(true)
    answers[0]?.(false)
    await done
    expect(times(calls, 'publish')).toBe(0) // also of the later batch, which was found to be of the log
  })

  it('ends with the error where it has to stop', async () => {
    const { calls, done } = projecting(
      async () => undefined,
      async () => Promise.reject(new Error('another log')),
    )
    await expect(done).rejects.toThrow('another log')
    expect(times(calls, 'prepare')).toBe(0)
  })
})
