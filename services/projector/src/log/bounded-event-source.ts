import type { LogRecord } from '@headwater/kafka'
import { Latch } from '../latch.ts'
import type { EventSource } from './event-source.ts'
import type { Batch, RecordRange } from './record-range.ts'

// Holds: of each partition, exactly the records up to its bound are delivered, in order.

/** The last offset that may be folded, by partition; none for partitions without a bound. */
export class Bounds {
  #last: ReadonlyMap<number, number> = new Map()
  readonly #moved = new Latch()

  /** Resolves after the next move. */
  get moved(): Promise<void> {
    return this.#moved.opened
  }

  move(last: ReadonlyMap<number, number>): void {
    if (last.size === this.#last.size && [...last].every(([partition, at]) => this.#last.get(partition) === at)) return
    this.#last = last
    this.#moved.reset()
  }

  lastOf(partition: number): number {
    return this.#last.get(partition) ?? -1
  }
}

/** A source that delivers records up to `bounds`, and more when they move. Keeps fetched records beyond them, and pauses their partitions. */
export function boundEventSource(inner: EventSource, bounds: Bounds): EventSource {
  return { ...inner, batches: (signal) => boundedBatches(inner, bounds, signal) }
}

/** A range with undelivered records: those after `delivered`. */
type Held = { readonly range: RecordRange; readonly delivered: number }

async function* boundedBatches(inner: EventSource, bounds: Bounds, signal: AbortSignal): AsyncIterable<Batch> {
  const batches = inner.batches(signal)[Symbol.asyncIterator]()
  let next = batches.next()
  let held: readonly Held[] = []
  for (;;) {
    const moved = bounds.moved.then(() => undefined)
    const before = held
    const lastOf = ({ range }: Held) => Math.min(range.lastOffset, bounds.lastOf(range.partition))
    const within = before.flatMap((each) => part(each, lastOf(each)))
    held = before
      .map((each) => ({ range: each.range, delivered: Math.max(each.delivered, lastOf(each)) }))
      .filter(({ range, delivered }) => delivered < range.lastOffset)
    pause(inner, before, held)
    if (within.length > 0) yield { ranges: within }
    const taken = await Promise.race([next, moved])
    if (taken === undefined) continue
    if (taken.done === true) return
    next = batches.next()
    held = [...held, ...taken.value.ranges.map((range) => ({ range, delivered: -1 }))]
  }
}

function pause(inner: EventSource, before: readonly Held[], now: readonly Held[]): void {
  const partitions = new Set(now.map(({ range }) => range.partition))
  const freed = before.map(({ range }) => range.partition).filter((partition) => !partitions.has(partition))
  inner.setPaused([...partitions], true)
  inner.setPaused([...new Set(freed)], false)
}

/** The undelivered records of a range up to `last`, with the part of its gap up to there. */
function part({ range, delivered }: Held, last: number): readonly RecordRange[] {
  if (last <= delivered) return []
  if (delivered < 0 && last === range.lastOffset) return [range]
  const gap = gapBetween(range, delivered, last)
  const records = { [Symbol.iterator]: () => recordsBetween(range, delivered, last) }
  let count = 0
  for (const _ of records) count++
  return count === 0 && gap === undefined
    ? []
    : [{ ...range, gap, count, firstOffset: Math.max(range.firstOffset, delivered + 1), lastOffset: last, records }]
}

function gapBetween({ gap }: RecordRange, after: number, last: number): RecordRange['gap'] {
  if (gap === undefined) return undefined
  const firstOffset = Math.max(gap.firstOffset, after + 1)
  const lastOffset = Math.min(gap.lastOffset, last)
  return firstOffset > lastOffset ? undefined : { firstOffset, lastOffset }
}

function* recordsBetween({ records }: RecordRange, after: number, last: number): Generator<LogRecord> {
  for (const record of records) if (record.offset > after && record.offset <= last) yield record
}
