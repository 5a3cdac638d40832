import type { LogRecord } from '@headwater/kafka'
import { Latch } from '../latch.ts'
import type { EventSource } from './event-source.ts'
import type { Batch, RecordRange } from './record-range.ts'

// Holds: no record beyond the bound of its partition is given out, and none at or before it is left out or given out of order.

/** The last offset by partition that may be folded; nothing of partitions that it does not name. */
export class Bounds {
  #last: ReadonlyMap<number, number> = new Map()
  readonly #moved = new Latch()

  /** Resolves at the next move. */
  get moved(): Promise<void> {
    return this.#moved.passage
  }

  move(last: ReadonlyMap<number, number>): void {
    if (last.size === this.#last.size && [...last].every(([partition, at]) => this.#last.get(partition) === at)) return
    this.#last = last
    this.#moved.close()
  }

  lastOf(partition: number): number {
    return this.#last.get(partition) ?? -1
  }
}

/** A source that goes as far as `bounds`, and on when they move. Of what lies beyond it keeps what was fetched, and fetches no more. */
export function boundEventSource(inner: EventSource, bounds: Bounds): EventSource {
  return { ...inner, batches: (signal) => boundedBatches(inner, bounds, signal) }
}

/** A range of which the records up to `given` were given out. */
type Held = { readonly range: RecordRange; readonly given: number }

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
      .map((each) => ({ range: each.range, given: Math.max(each.given, lastOf(each)) }))
      .filter(({ range, given }) => given < range.lastOffset)
    pause(inner, before, held)
    if (within.length > 0) yield { ranges: within }
    const taken = await Promise.race([next, moved])
    if (taken === undefined) continue
    if (taken.done === true) return
    next = batches.next()
    held = [...held, ...taken.value.ranges.map((range) => ({ range, given: -1 }))]
  }
}

function pause(inner: EventSource, before: readonly Held[], now: readonly Held[]): void {
  const partitions = new Set(now.map(({ range }) => range.partition))
  const freed = before.map(({ range }) => range.partition).filter((partition) => !partitions.has(partition))
  inner.setPaused([...partitions], true)
  inner.setPaused([...new Set(freed)], false)
}

/** The records of a range after those given and up to `last`; nothing where there is none. */
function part({ range, given }: Held, last: number): readonly RecordRange[] {
  if (last <= given) return []
  if (given < 0 && last === range.lastOffset) return [range]
  const records = { [Symbol.iterator]: () => recordsBetween(range, given, last) }
  let count = 0
  for (const _ of records) count++
  return count === 0 ? [] : [{ ...range, count, lastOffset: last, records }]
}

function* recordsBetween({ records }: RecordRange, given: number, last: number): Generator<LogRecord> {
  for (const record of records) if (record.offset > given && record.offset <= last) yield record
}
