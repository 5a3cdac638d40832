import { propertyRuns } from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AbortedTransaction,
  committedBatches,
  type TransactionalBatch,
} from '../../src/fetch/committed-batches.ts'

type Logged = TransactionalBatch & { readonly firstOffset: number; isCommitted: boolean }
type Ended = AbortedTransaction & { readonly lastOffset: number }

const step = fc.record({
  producer: fc.integer({ min: 0, max: 3 }),
  kind: fc.constantFrom('send', 'send', 'send', 'plain', 'commit', 'abort', 'abort', 'fence'),
  records: fc.integer({ min: 1, max: 4 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A partition as a broker writes it, with what became of each batch, and the aborted transactions in the order of their ends. */
function partitionOf(steps: readonly Step[]) {
  const log: Logged[] = []
  const aborted: Ended[] = []
  const open = new Map<number, Logged[]>()
  let end = 0
  const append = (records: number, batch: Omit<Logged, 'firstOffset' | 'lastOffset'>): Logged => {
    const logged = { ...batch, firstOffset: end, lastOffset: end + records - 1 }
    end += records
    log.push(logged)
    return logged
  }
  for (const { producer, kind, records } of steps) {
    const [producerId, isTransactional] = [BigInt(producer), kind !== 'plain']
    const transaction = open.get(producer) ?? []
    if (kind === 'send') {
      const batch = append(records, { producerId, isTransactional, control: undefined, isCommitted: false })
      open.set(producer, [...transaction, batch])
    } else if (kind === 'plain') append(records, { producerId, isTransactional, control: undefined, isCommitted: true })
    else if (transaction.length > 0) {
      open.delete(producer)
      const control = kind === 'commit' ? 'other' : 'abort' // a producer that starts again ends what another one left open
      const { lastOffset } = append(1, { producerId, isTransactional, control, isCommitted: false })
      if (kind === 'commit') for (const batch of transaction) batch.isCommitted = true
      else aborted.push({ producerId, firstOffset: transaction[0]?.firstOffset ?? 0, lastOffset })
    }
  }
  const stableEnd = Math.min(end, ...[...open.values()].map(([first]) => first?.firstOffset ?? end))
  return { log: log.filter(({ firstOffset }) => firstOffset < stableEnd), aborted }
}

describe('the batches that a consumer delivers', () => {
  it('are those of ended, committed transactions and of producers without, wherever a fetch begins and is cut off', () => {
    const property = fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.nat(200),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(20),
      (steps, from, count, further) => {
        const { log, aborted } = partitionOf(steps)
        const fetched = log.filter(({ lastOffset }) => lastOffset >= from).slice(0, count)
        const bound = (fetched.at(-1)?.lastOffset ?? from) + 1 + further // brokers list some of what they do not send
        const listed = aborted.filter(({ firstOffset, lastOffset }) => lastOffset >= from && firstOffset < bound)
        const expected = fetched.filter(({ isCommitted, control }) => isCommitted && control === undefined)
        expect([...committedBatches(fetched, listed)]).toEqual(expected)
      },
    )
    fc.assert(property, { numRuns: propertyRuns(2_000) })
  })

  it('leave out overlapping aborted transactions, which the broker lists in the order of their ends', () => {
    const batch = (offset: number, producer: number, control?: 'abort' | 'other') => ({
      ...{ lastOffset: offset, producerId: BigInt(producer), isTransactional: true, control },
    })
    const log = [
      batch(0, 1),
      batch(1, 2),
      batch(2, 3),
      batch(3, 2, 'abort'),
      batch(4, 1, 'abort'),
      batch(5, 3, 'other'),
    ]
    const aborted = [
      { producerId: 2n, firstOffset: 1 },
      { producerId: 1n, firstOffset: 0 },
    ]
    expect([...committedBatches(log, aborted)]).toEqual([log[2]])
  })
})
