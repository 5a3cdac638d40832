import { compareKeys, type Run } from '@headwater/lineage'
import type { Page, RunPlace } from '../../src/catalog/page.ts'
import type { RunOutcome, RunSummary } from '../../src/contract/index.ts'

export const outcomeOf = (run: Run): RunOutcome => ({
  jobNamespace: run.jobNamespace,
  jobName: run.jobName,
  runId: run.runId,
  state: run.state,
  startedAt: isoOrNull(run.startedAt),
  endedAt: isoOrNull(run.endedAt),
  lastEventAt: iso(run.lastEventAt),
  by: run.by,
  error: run.error,
})

export const outcomeOrNull = (run: Run | undefined) => (run === undefined ? null : outcomeOf(run))

export const runSummaryOf = (run: Run): RunSummary => ({
  ...outcomeOf(run),
  jobType: run.jobType,
  nominalStart: isoOrNull(run.nominalStart),
  nominalEnd: isoOrNull(run.nominalEnd),
  outputs: [...run.outputs.keys()],
})

/** Runs in the order of lists, the latest last. */
export const byPlace = (a: Run, b: Run): number => comparePlaces(placeOf(a), placeOf(b))

const placeOf = ({ jobNamespace, jobName, runId, endedAt, lastEventAt }: Run): RunPlace => ({
  ...{ jobNamespace, jobName, runId },
  at: endedAt ?? lastEventAt,
})

const comparePlaces = (a: RunPlace, b: RunPlace): number =>
  a.at - b.at ||
  compareKeys(a.jobNamespace, b.jobNamespace) ||
  compareKeys(a.jobName, b.jobName) ||
  compareKeys(a.runId, b.runId)

/** A page of runs, the latest first. */
export function pageOfRuns<Item>(
  runs: readonly Run[],
  after: RunPlace | undefined,
  limit: number,
  item: (run: Run) => Item,
): Page<Item, RunPlace> {
  const rest = runs
    .toSorted(byPlace)
    .reverse()
    .filter((run) => after === undefined || comparePlaces(placeOf(run), after) < 0)
  return pageOf(rest, limit, item, placeOf)
}

/** The first `limit` of the rows. */
export function pageOf<Row, Item, Place>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => Place,
): Page<Item, Place> {
  const page = rows.slice(0, limit)
  return { items: page.map(item), next: rows.length > limit ? place(page.at(-1)!) : null }
}

export const parsed = (metadata: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(metadata).map(([name, json]) => [name, JSON.parse(json)]))

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()
export const isoOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : iso(epochMs))
