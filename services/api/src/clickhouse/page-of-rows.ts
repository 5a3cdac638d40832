import type { RunPlace, Slice } from '../catalog/asset-catalog.ts'

/** A page of `rows`, of which one more than `limit` were asked for to know whether there is a next one. */
export function sliceOf<Row, Item, Place>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => Place,
): Slice<Item, Place> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(item), next: rows.length > limit && last !== undefined ? place(last) : null }
}

type PlacedRun = {
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
  readonly endedAt: string | null
  readonly lastEventAt: string
}

export const placeOfRun = ({ jobNamespace, jobName, runId, endedAt, lastEventAt }: PlacedRun): RunPlace => ({
  at: Date.parse(endedAt ?? lastEventAt),
  jobNamespace,
  jobName,
  runId,
})
