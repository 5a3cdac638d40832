import { foldedRuns } from '@headwater/clickhouse'
import { compareKeys, type Moment, runKey } from '@headwater/lineage'
import { type RunOutcome, runStates } from '../../contract/index.ts'
import type { KeyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import { runOutcomeColumns } from '../runs/run-columns.ts'
import type { Tables } from '../tables.ts'
import { writtenRuns } from './written-runs.ts'

export type OutcomeByStateRow = {
  readonly count: number
  /** End of the first failed or aborted run after the latest success. */
  readonly failingSince: string | null
} & RunOutcome

/** The latest run of a job in one state, and how many there are. */
export type LatestRun = Pick<
  OutcomeByStateRow,
  'state' | 'jobNamespace' | 'jobName' | 'runId' | 'count' | 'failingSince'
> & {
  readonly placedAt: string
}

/**
 * For each state, the number of runs that wrote the asset, and the latest of them.
 * @param latest of each job in each state
 */
export async function outcomesByState(
  tables: Tables,
  latest: readonly LatestRun[],
  moment: Moment,
): Promise<readonly OutcomeByStateRow[]> {
  const ofStates = runStates.flatMap((state) => joined(latest.filter((run) => run.state === state)) ?? [])
  const outcomes = new Map((await outcomesOf(tables, ofStates, moment)).map((outcome) => [runKey(outcome), outcome]))
  return ofStates.flatMap(({ count, failingSince, ...run }) => {
    const outcome = outcomes.get(runKey(run))
    return outcome === undefined ? [] : [{ ...outcome, count, failingSince }]
  })
}

/** The first in lists, with the sums of all. */
const joined = (runs: readonly LatestRun[]): LatestRun | undefined =>
  runs.reduce<LatestRun | undefined>((a, b) => {
    if (a === undefined) return b
    const since = [a.failingSince, b.failingSince].filter((time) => time !== null).sort()
    return { ...(comesFirst(a, b) ? a : b), count: a.count + b.count, failingSince: since[0] ?? null }
  }, undefined)

const comesFirst = (a: LatestRun, b: LatestRun) =>
  (compareKeys(a.placedAt, b.placedAt) ||
    compareKeys(a.jobNamespace, b.jobNamespace) ||
    compareKeys(a.jobName, b.jobName)) > 0

/**
 * The latest run of each job in each state that wrote the asset of the scope. All runs are folded by their states and times alone, since an
 * asset may have very many.
 */
export function latestRuns({ query }: Tables, { keys }: KeyScope, moment: Moment): Promise<readonly LatestRun[]> {
  return query(
    'latest-runs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, toString(outcome) AS state, latest.1 AS placedAt, latest.2 AS runId,
       count, failingSince
     FROM (
       SELECT job_namespace, job_name, state AS outcome, count() AS count, max((placed_at, run_id)) AS latest,
         minIf(ended_at, state IN ('FAILED', 'ABORTED') AND (last_success IS NULL OR ended_at > last_success)) AS failingSince
       FROM (
         SELECT *, maxIf(ended_at, state = 'SUCCEEDED') OVER () AS last_success FROM ${writtenRuns(moment)}
       ) GROUP BY job_namespace, job_name, state
     )`,
    { keys, ...moment },
  )
}

async function outcomesOf(
  { query }: Tables,
  runs: readonly LatestRun[],
  moment: Moment,
): Promise<readonly RunOutcome[]> {
  if (runs.length === 0) return []
  const isAmong = `(f.job_namespace, f.job_name, f.run_id) IN (${parameterRows('namespaces', 'names', 'ids')})`
  return query('outcomes', `SELECT ${runOutcomeColumns} FROM ${foldedRuns(isAmong, moment)}`, {
    namespaces: runs.map(({ jobNamespace }) => jobNamespace),
    names: runs.map(({ jobName }) => jobName),
    ids: runs.map(({ runId }) => runId),
    ...moment,
  })
}
