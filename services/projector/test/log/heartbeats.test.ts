import { describe, expect, it } from 'vitest'
import { createHeartbeats } from '../../src/log/heartbeats.ts'

function heartbeatsOver(ends: string[], positions: ReadonlyMap<number, number> = new Map()) {
  const lag = new Map<number, number>()
  const added: number[] = []
  const heartbeats = createHeartbeats({
    admin: {
      fetchTopicOffsets: async () => ends.map((high, partition) => ({ partition, offset: high, high, low: '0' })),
    },
    sink: { positions: async () => positions, write: async () => undefined },
    topic: 'events',
    now: () => 1_000,
    onLag: (partition, messages) => lag.set(partition, messages),
    onLagSeconds: () => undefined,
    onAdded: (partition) => added.push(partition),
  })
  return { heartbeats, lag, added, ends }
}

describe('heartbeats', () => {
  it('report records of partitions that were added, by the projector that has partition 0', async () => {
    const first = heartbeatsOver(['5', '5'], new Map([[0, 4]]))
    await first.heartbeats.assign([0])
    first.ends.push('3')
    await first.heartbeats.beat()
    await first.heartbeats.beat()
    expect(first.lag).toEqual(
      new Map([
        [0, 0],
        [2, 3],
      ]),
    )
    expect(first.added).toEqual([2])
    const other = heartbeatsOver(['5', '5'])
    await other.heartbeats.assign([1])
    other.ends.push('3')
    await other.heartbeats.beat()
    expect(other.lag).toEqual(new Map([[1, 5]]))
  })

  it('count no lag for offsets without records', async () => {
    const { heartbeats, lag, ends } = heartbeatsOver(['7'])
    await heartbeats.assign([0])
    heartbeats.passed(0, 3, 4)
    heartbeats.passed(0, 4, 7)
    await heartbeats.beat()
    expect(lag.get(0)).toBe(7)
    heartbeats.stored([{ topic: 'events', partition: 0, offset: 2, recordedAt: 900 }])
    await heartbeats.beat()
    expect(lag.get(0)).toBe(0)
    ends[0] = '9'
    await heartbeats.beat()
    expect(lag.get(0)).toBe(2)
  })
})
