import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bounds, boundEventSource } from '../../src/log/bounded-event-source.ts'
import type { EventSource } from '../../src/log/event-source.ts'
import type { Batch, RecordRange } from '../../src/log/record-range.ts'

function range(partition: number, from: number, to: number): RecordRange {
  const offsets = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const records = offsets.map((offset) => ({
    topic: 't',
    partition,
    offset,
    key: null,
    value: null,
    recordedAt: offset,
  }))
  return { topic: 't', partition, count: records.length, firstOffset: from, lastOffset: to, records }
}

function sourceOf(batches: readonly Batch[]) {
  const paused = new Set<number>()
  const source: EventSource = {
    async *batches(signal) {
      yield* batches
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    },
    commit: async () => undefined,
    setPaused(partitions, isPaused) {
      for (const partition of partitions) isPaused ? paused.add(partition) : paused.delete(partition)
    },
    skipDeleted: async () => undefined,
    reading: () => undefined,
    close: async () => undefined,
  }
  return { source, paused }
}

/** Takes every batch; collects the offsets of each partition, and the last offset that its ranges name. */
function take(source: EventSource) {
  const stopping = new AbortController()
  const offsets: Record<number, number[]> = {}
  const last: Record<number, number> = {}
  const done = (async () => {
    for await (const { ranges } of source.batches(stopping.signal)) {
      for (const { partition, lastOffset, records, count } of ranges) {
        const all = [...records].map(({ offset }) => offset)
        expect(all).toHaveLength(count)
        offsets[partition] = [...(offsets[partition] ?? []), ...all]
        last[partition] = lastOffset
      }
    }
  })()
  const stop = () => {
    stopping.abort()
    return done
  }
  return { offsets, last, stop }
}

const atOnce = { interval: 1 }
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, offset) => offset)

describe('a bounded source', () => {
  it('stops at the bound of each partition, pauses fetching there, and continues when the bound moves', async () => {
    const bounds = new Bounds()
    const { source, paused } = sourceOf([
      { ranges: [range(0, 0, 4), range(1, 0, 4)] },
      { ranges: [range(1, 5, 9), range(0, 5, 9)] },
    ])
    const taken = take(boundEventSource(source, bounds))
    bounds.move(new Map([[0, 2], [1, 9]])) // biome-ignore format: pairs
    await expect.poll(() => taken.offsets, atOnce).toEqual({ 0: upTo(2), 1: upTo(9) })
    expect(taken.last).toEqual({ 0: 2, 1: 9 })
    expect([...paused]).toEqual([0])
    bounds.move(new Map([[0, 9], [1, 9]])) // biome-ignore format: pairs
    await expect.poll(() => taken.offsets, atOnce).toEqual({ 0: upTo(9), 1: upTo(9) })
    expect([...paused]).toEqual([])
    await taken.stop()
  })

  it('delivers each record once and in order, however the bounds move', async () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 0, max: 38 }), { maxLength: 6 })
      .map((all) => all.sort((a, b) => a - b))
    await fc.assert(
      fc.asyncProperty(cuts, cuts, async (rangeEnds, moves) => {
        const ends = [...rangeEnds, 39]
        const batches = ends.map((end, index) => ({ ranges: [range(0, (ends[index - 1] ?? -1) + 1, end)] }))
        const bounds = new Bounds()
        const taken = take(boundEventSource(sourceOf(batches).source, bounds))
        for (const last of [...moves, 39]) {
          bounds.move(new Map([[0, last]]))
          await expect.poll(() => taken.last[0], atOnce).toBe(last)
          expect(taken.offsets[0]).toEqual(upTo(last))
        }
        await taken.stop()
      }),
      { numRuns: 30 },
    )
  })
})
