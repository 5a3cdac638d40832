import type { Page, RunPlace } from '../catalog/page.ts'

/** A page of rows. The query must return up to `limit + 1` rows: the extra one shows that there is a next page. */
export function pageOf<Row, Item, Place>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => Place,
): Page<Item, Place> {
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
