import { describe, expect, it } from 'vitest'
import type { PartitionState } from '../../src/position/log-position.ts'
import { PositionWatch } from '../../src/position/position-watch.ts'

const at = (lastOffset: number): readonly PartitionState[] => [
  { topic: 't', partition: 0, lastOffset, recordedAt: 1, caughtUpAt: null },
]
const wanted = (offset: number) => [{ topic: 't', partition: 0, offset }]

/** A log of which each read finds one more record folded. */
function movingLog() {
  const log = { reads: 0, atOnce: 0, mostAtOnce: 0 }
  const partitions = async () => {
    log.reads++
    log.atOnce++
    log.mostAtOnce = Math.max(log.mostAtOnce, log.atOnce)
    await new Promise((resolve) => setImmediate(resolve))
    log.atOnce--
    return at(log.reads)
  }
  return { log, store: { partitions } }
}

describe('a watch of positions', () => {
  it('answers a thousand waiters with one read at a time', async () => {
    const { log, store } = movingLog()
    const watch = new PositionWatch({ store, pollIntervalMs: 1 })
    const waiting = Array.from({ length: 1_000 }, (_, i) => watch.reach(wanted(2 + (i % 4)), 5_000))
    for (const [i, partitions] of (await Promise.all(waiting)).entries()) {
      expect(partitions[0]?.lastOffset).toBeGreaterThanOrEqual(2 + (i % 4))
    }
    expect(log).toMatchObject({ reads: 5, mostAtOnce: 1 })
  })

  it('stops reading when no request waits', async () => {
    const { log, store } = movingLog()
    const watch = new PositionWatch({ store, pollIntervalMs: 1 })
    await watch.reach(wanted(3), 5_000)
    const { reads } = log
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log.reads).toBe(reads)
  })

  it('returns a recent read again', async () => {
    const { log, store } = movingLog()
    let now = 0
    const watch = new PositionWatch({ store, now: () => now, maxAgeMs: 100 })
    await watch.current()
    now = 99
    expect(await watch.current()).toEqual(at(1))
    now = 100
    expect(await watch.current()).toEqual(at(2))
    expect(log.reads).toBe(2)
  })

  it('never returns an older position than requested', async () => {
    const { store } = movingLog()
    const watch = new PositionWatch({ store, pollIntervalMs: 1 })
    expect(await watch.current()).toEqual(at(1))
    expect((await watch.reach(wanted(2), 5_000))[0]?.lastOffset).toBe(2)
  })

  it('rejects an unknown topic at once, with those that it knows, but waits while it knows none', async () => {
    const unknown = [{ topic: 'typo', partition: 0, offset: 1 }]
    const rejection = new PositionWatch({ store: { partitions: async () => at(1) } }).reach(unknown, 60_000)
    await expect(rejection).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND', facts: { topics: ['t'] } })
    const empty = new PositionWatch({ store: { partitions: async () => [] }, pollIntervalMs: 1 }).reach(unknown, 0)
    await expect(empty).rejects.toMatchObject({ code: 'POSITION_NOT_REACHED' })
  })

  it('rejects at the timeout, with the folded offsets', async () => {
    const watch = new PositionWatch({ store: { partitions: async () => at(4) }, pollIntervalMs: 1 })
    await expect(watch.reach([...wanted(9), { topic: 't', partition: 1, offset: 0 }], 5)).rejects.toMatchObject({
      code: 'POSITION_NOT_REACHED',
      retryable: true,
      message: 't:0 is folded up to 4, waiting for offset 9; t:1 has no folded records, waiting for offset 0',
    })
  })

  it('rejects all waiting requests when ClickHouse does not respond', async () => {
    let away = false
    const partitions = async () => {
      if (away) throw new Error('away')
      away = true
      return at(0)
    }
    const watch = new PositionWatch({ store: { partitions }, pollIntervalMs: 1 })
    const waiting = await Promise.allSettled([watch.reach(wanted(1), 5_000), watch.reach(wanted(2), 5_000)])
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('rejects all waiting requests when it is closed', async () => {
    const watch = new PositionWatch({ store: { partitions: async () => at(0) }, pollIntervalMs: 1 })
    const waiting = watch.reach(wanted(1), 60_000)
    await new Promise((resolve) => setImmediate(resolve))
    watch.close()
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_READY' })
  })
})
