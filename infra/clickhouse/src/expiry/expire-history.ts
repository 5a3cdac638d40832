import type { ClickHouseClient } from '@clickhouse/client'
import { replayLeaseMs } from '../replay-lease.ts'
import { deleteExpired } from './delete-expired.ts'
import { ExpiryError } from './expiry-error.ts'
import { retainRuns } from './retain-runs.ts'
import { sumUpExpired } from './sum-up-expired.ts'

// Holds: until the horizon is published readers see everything; from then on they leave out the facts that are summed up, whether
// deleted yet or not. So a reader counts each run once, whenever it asks, and a crash leaves what the next call finishes.

export type ExpiryOptions = {
  /** Epoch milliseconds: what occurred and was recorded before it may expire. */
  readonly horizon: number
  /** Up to when the log is folded whole, epoch milliseconds: what was recorded later is not looked at. Not before the horizon. */
  readonly knownUntil: number
  /** Resolves when nobody reads any longer as of before the horizon: such a reader would miss what is deleted. */
  readonly readersHaveMoved: () => Promise<void>
  readonly onStep?: (step: string) => void
}

export type ExpiryResult = {
  /** Runs that have expired and rows deleted with them, in this call. */
  readonly runs: number
  readonly facts: number
}

/**
 * Lets history before the horizon expire: runs that no answer at or after it shows one by one are replaced by sums. Answers at
 * moments at or after the horizon stay what they were: current and past lineage, evidence, totals, health. Safe to call again, and
 * by two processes at once.
 * @param client with the database of the tables as its own
 * @throws RangeError when the horizon is after `knownUntil`
 * @throws ExpiryError while a replay compares these tables with rebuilt ones
 */
export async function expireHistory(client: ClickHouseClient, options: ExpiryOptions): Promise<ExpiryResult> {
  const { horizon, knownUntil, onStep = () => undefined } = options
  if (horizon > knownUntil)
    throw new RangeError('What is not folded yet cannot expire: the horizon is after knownUntil')
  const run = (query: string) =>
    client.command({
      query,
      query_params: { horizon, knownAt: knownUntil },
      clickhouse_settings: { optimize_aggregation_in_order: 1, mutations_sync: '2' },
    })
  if (await isReplayAtWork(client))
    throw new ExpiryError('A replay is at work on these tables; let history expire when it has ended')
  const published = await publishedHorizon(client)
  if (published === undefined || published < horizon) {
    onStep('Choosing the runs to keep')
    await clear(run)
    await retainRuns(client, run, horizon)
    onStep('Summing up the others')
    await sumUpExpired(run)
    await run(`INSERT INTO horizons (horizon, known_until) VALUES
      (fromUnixTimestamp64Milli({horizon:Int64}, 'UTC'), fromUnixTimestamp64Milli({knownAt:Int64}, 'UTC'))`)
  }
  const result = await expiringCounts(client)
  onStep('Waiting for readers')
  await options.readersHaveMoved()
  onStep(`Deleting ${result.facts} events of ${result.runs} runs`)
  await deleteExpired(run)
  return result
}

async function isReplayAtWork(client: ClickHouseClient): Promise<boolean> {
  const rows = await client.query({
    query: `SELECT argMax(state, changed_at) IN ('building', 'pausing', 'swapped')
      AND max(changed_at) > now64(3) - INTERVAL ${replayLeaseMs} MILLISECOND AS at_work FROM replays`,
    format: 'JSONEachRow',
  })
  return Boolean((await rows.json<{ at_work: number }>())[0]?.at_work)
}

/** The greatest horizon that holds, in epoch milliseconds. */
export async function publishedHorizon(client: ClickHouseClient): Promise<number | undefined> {
  const rows = await client.query({
    query: 'SELECT toUnixTimestamp64Milli(max(horizon)) AS horizon, count() AS horizons FROM horizons',
    format: 'JSONEachRow',
  })
  const [row] = await rows.json<{ horizon: number | string; horizons: number | string }>()
  return row === undefined || Number(row.horizons) === 0 ? undefined : Number(row.horizon)
}

/** What an attempt that did not come to publishing its horizon has left. */
async function clear(run: (query: string) => Promise<unknown>): Promise<void> {
  const isUnpublished = 'horizon > (SELECT max(horizon) FROM horizons)'
  for (const table of ['retained_runs', 'expiring_facts', 'expired_runs', 'expired_sightings']) {
    await run(`ALTER TABLE ${table} DELETE WHERE ${isUnpublished}`)
  }
}

async function expiringCounts(client: ClickHouseClient): Promise<ExpiryResult> {
  const rows = await client.query({
    query: 'SELECT uniqExact(job_namespace, job_name, run_id) AS runs, count() AS facts FROM expiring_facts FINAL',
    format: 'JSONEachRow',
  })
  const [row] = await rows.json<{ runs: number | string; facts: number | string }>()
  return { runs: Number(row?.runs ?? 0), facts: Number(row?.facts ?? 0) }
}
