import type { ClickHouseClient } from '@clickhouse/client'
import type { RunFact, RunIdentity } from '@headwater/lineage'
import type { RunState } from '@headwater/schemas'
import type { FactsOfRun } from './fold-runs.ts'
import { readRunEventBody } from './run-event-body.ts'
import { textList } from './text-list.ts'

type FactRow = {
  run_id: string
  job_namespace: string
  job_name: string
  fact: string
  producer: string
  occurred_at: string
  recorded_at: string
  state: RunState
  body: string
  input_set: string
}

const noHash = '0'.repeat(32)

/** All facts of the runs with these ids that have more than one; most have one, so most calls read a sorted column of hashes and no more. */
export async function readRepeatedRuns(
  client: ClickHouseClient,
  database: string,
  runIds: readonly string[],
): Promise<readonly FactsOfRun[]> {
  if (runIds.length === 0) return []
  const table = `\`${database}\`.run_events`
  const ids = textList('ids', runIds)
  const repeated = await client.query({
    query: `SELECT DISTINCT run_id FROM (
        SELECT run_id, job_namespace, job_name FROM ${table}
        WHERE run_key IN (
          SELECT run_key FROM ${table} WHERE run_key IN (SELECT cityHash64(arrayJoin(${ids.expression})))
          GROUP BY run_key HAVING count() > 1)
        GROUP BY run_id, job_namespace, job_name HAVING uniqExact(fact_id) > 1)`,
    query_params: ids.parameters,
    use_multipart_params: true,
    format: 'JSONEachRow',
  })
  const repeatedIds = (await repeated.json<{ run_id: string }>()).map((row) => row.run_id)
  return repeatedIds.length === 0 ? [] : readFacts(client, table, repeatedIds)
}

async function readFacts(
  client: ClickHouseClient,
  table: string,
  ids: readonly string[],
): Promise<readonly FactsOfRun[]> {
  const runIds = textList('ids', ids)
  const result = await client.query({
    query: `SELECT run_id, job_namespace, job_name, lower(hex(reinterpretAsFixedString(fact_id))) AS fact,
        any(producer) AS producer, toString(toUnixTimestamp64Milli(any(occurred_at))) AS occurred_at,
        toString(toUnixTimestamp64Milli(min(recorded_at))) AS recorded_at, any(state) AS state, any(body) AS body,
        lower(hex(reinterpretAsFixedString(any(input_set)))) AS input_set
      FROM ${table}
      WHERE run_key IN (SELECT cityHash64(arrayJoin(${runIds.expression}))) AND run_id IN (SELECT arrayJoin(${runIds.expression}))
      GROUP BY run_id, job_namespace, job_name, fact_id`,
    query_params: runIds.parameters,
    use_multipart_params: true,
    format: 'JSONEachRow',
  })
  const byRun = new Map<string, { identity: RunIdentity; facts: RunFact[] }>()
  for (const row of await result.json<FactRow>()) {
    const identity = { jobNamespace: row.job_namespace, jobName: row.job_name, runId: row.run_id }
    const key = runKey(identity)
    const known = byRun.get(key)
    if (known === undefined) byRun.set(key, { identity, facts: [factOf(row)] })
    else known.facts.push(factOf(row))
  }
  return [...byRun.values()]
}

function factOf(row: FactRow): RunFact {
  return {
    ...readRunEventBody(row.body),
    factId: row.fact,
    producer: row.producer,
    occurredAt: Number(row.occurred_at),
    recordedAt: Number(row.recorded_at),
    state: row.state,
    inputSet: row.input_set === noHash ? null : row.input_set,
  }
}

/** A text that is the same for the same run only. */
const runKey = ({ jobNamespace, jobName, runId }: RunIdentity): string =>
  `${runId}\n${jobNamespace.length} ${jobNamespace}${jobName}`
