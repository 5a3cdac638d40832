import { describe, expect, it } from 'vitest'
import { createOpenTransactions, type OpenTransaction } from '../../src/log/open-transactions.ts'

const ending = (high: () => string) => ({
  fetchTopicOffsets: async () => [{ partition: 0, offset: high(), high: high(), low: '0' }],
})

describe('open transactions', () => {
  it('are reported once when they stay open, and forgotten when they end', async () => {
    let [now, stable] = [0, '4']
    const hanging: OpenTransaction[] = []
    const openMs: number[] = []
    const check = createOpenTransactions({
      topic: 'events',
      committed: ending(() => stable),
      uncommitted: ending(() => '9'),
      now: () => now,
      onOpen: (_, ms) => openMs.push(ms),
      onHanging: (transaction) => hanging.push(transaction),
    })
    await check([0])
    now = 100_000
    await check([0])
    await check([0])
    expect(hanging).toEqual([{ partition: 0, offset: 4, records: 5, openMs: 100_000 }])
    stable = '9'
    await check([0])
    expect(openMs).toEqual([0, 100_000, 100_000, 0])
  })
})
