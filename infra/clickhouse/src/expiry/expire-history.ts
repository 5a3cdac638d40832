import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'
import { runStatement } from '../calls/run-statement.ts'
import { replayLeaseMs } from '../replay/replay-lease.ts'
import { deleteExpired } from './delete-expired.ts'
import { retainRuns } from './retain-runs.ts'
import { sumUpExpired } from './sum-up-expired.ts'

// Holds: until the horizon is published, readers count every fact; from then on they leave out the summed-up facts, deleted or not.
// So a reader counts each run once at any time, and the next call finishes what a crash interrupted.

export type ExpiryOptions = {
  /** Epoch milliseconds. Facts that occurred and were recorded before it may expire. */
  readonly horizon: number
  /** Up to when the log is folded completely, epoch milliseconds; not before the horizon. Facts recorded later are not considered. */
  readonly knownUntil: number
  /** Resolves when no reader still reads as of a time before the horizon: it would miss the deleted rows. */
  readonly readersHaveMoved: () => Promise<void>
  /** Receives a sentence at the start of each step. */
  readonly onStep?: (step: string) => void
}

export type ExpiryResult = {
  /** Runs that expired in this call. */
  readonly runs: number
  /** Their rows, deleted in this call. */
  readonly facts: number
}

/** History cannot expire while a replay compares these tables with rebuilt ones. */
export class ExpiryError extends Error {
  readonly code = 'REPLAY_AT_WORK'
  readonly retryable = true
}

/**
 * Expires history before the horizon: runs that no answer at or after it shows individually are replaced by sums. Answers at or after
 * the horizon do not change: current and past lineage, evidence, totals, health. Safe to repeat, and to run in two processes at once.
 * @param client whose default database holds the tables
 * @throws RangeError when the horizon is after `knownUntil`
 * @throws ExpiryError while a replay is running on these tables
 */
export async function expireHistory(client: ClickHouseClient, options: ExpiryOptions): Promise<ExpiryResult> {
  const { horizon, knownUntil, onStep = () => undefined } = options
  if (horizon > knownUntil)
    throw new RangeError('The horizon is after knownUntil: history that is not folded yet cannot expire')
  const run = (query: string) =>
    runStatement(client, {
      query,
      query_params: { horizon, knownAt: knownUntil },
      clickhouse_settings: { optimize_aggregation_in_order: 1, mutations_sync: '2' },
    })
  if (await isReplayRunning(client))
    throw new ExpiryError('A replay is running on these tables. Expire history after it has ended')
  const published = await publishedHorizon(client)
  if (published === undefined || published < horizon) {
    onStep('Selecting the runs to keep')
    await deleteUnpublished(run)
    await retainRuns(client, run, horizon)
    onStep('Summing up all other runs')
    await sumUpExpired(run)
    await run(`INSERT INTO horizons (horizon, known_until) VALUES
      (fromUnixTimestamp64Milli({horizon:Int64}, 'UTC'), fromUnixTimestamp64Milli({knownAt:Int64}, 'UTC'))`)
  }
  const result = await expiringCounts(client)
  onStep('Waiting for readers to move past the horizon')
  await options.readersHaveMoved()
  onStep(`Deleting ${result.facts} events of ${result.runs} runs`)
  await deleteExpired(run)
  return result
}

async function isReplayRunning(client: ClickHouseClient): Promise<boolean> {
  const rows = await readRows<{ is_running: number }>(client, {
    query: `SELECT argMax(state, changed_at) IN ('building', 'pausing', 'swapped')
      AND max(changed_at) > now64(3) - INTERVAL ${replayLeaseMs} MILLISECOND AS is_running FROM replays`,
  })
  return Boolean(rows[0]?.is_running)
}

/** The latest published horizon, epoch milliseconds. */
export async function publishedHorizon(client: ClickHouseClient): Promise<number | undefined> {
  const [row] = await readRows<{ horizon: number | string; horizons: number | string }>(client, {
    query: 'SELECT toUnixTimestamp64Milli(max(horizon)) AS horizon, count() AS horizons FROM horizons',
  })
  return row === undefined || Number(row.horizons) === 0 ? undefined : Number(row.horizon)
}

/** Removes the rows of attempts that ended before they published their horizon. */
async function deleteUnpublished(run: (query: string) => Promise<unknown>): Promise<void> {
  const isUnpublished = 'horizon > (SELECT max(horizon) FROM horizons)'
  for (const table of ['retained_runs', 'expiring_facts', 'expired_runs', 'expired_sightings']) {
    await run(`ALTER TABLE ${table} DELETE WHERE ${isUnpublished}`)
  }
}

async function expiringCounts(client: ClickHouseClient): Promise<ExpiryResult> {
  const [row] = await readRows<{ runs: number | string; facts: number | string }>(client, {
    query: 'SELECT uniqExact(job_namespace, job_name, run_id) AS runs, count() AS facts FROM expiring_facts FINAL',
  })
  return { runs: Number(row?.runs ?? 0), facts: Number(row?.facts ?? 0) }
}
