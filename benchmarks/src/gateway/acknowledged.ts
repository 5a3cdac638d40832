import type { Measured } from './load.ts'

/**
 * Checks that each acknowledged event is in the log at the position it was answered with: positions of a partition are distinct, those
 * of later loads come after those of earlier ones, all lie before the end, and there are as many as there are records.
 * @param ends offsets after the last record, by partition
 * @throws Error with the first difference
 */
export function checkAcknowledged(loads: readonly Measured[], ends: ReadonlyMap<number, number>): number {
  const last = new Map<number, number>()
  let acknowledged = 0
  for (const { answered, ranges } of loads) {
    const distinct = ranges.reduce((sum, range) => sum + range.distinct, 0)
    if (distinct !== answered) throw new Error(`${answered} answers name ${distinct} positions`)
    for (const range of ranges) {
      if (range.first <= (last.get(range.partition) ?? -1))
        throw new Error(`A position was answered twice: ${JSON.stringify(range)}`)
      if (range.last >= (ends.get(range.partition) ?? 0))
        throw new Error(`The log ends before ${JSON.stringify(range)}`)
      last.set(range.partition, range.last)
    }
    acknowledged += answered
  }
  const records = [...ends.values()].reduce((sum, end) => sum + end, 0)
  if (records !== acknowledged) throw new Error(`${acknowledged} events were acknowledged, the log has ${records}`)
  return records
}
