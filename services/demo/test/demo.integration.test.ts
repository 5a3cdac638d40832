import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { memoryTransport } from '@headwater/producer'
import { testStack, uniqueName } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PipelineResult, runPipeline } from '../src/run-pipeline.ts'
import { createStory, painter } from '../src/story.ts'

const database = uniqueName('demo')
const transport = memoryTransport()
const printed: string[] = []
let client: ClickHouseClient
let folder: string
let result: PipelineResult

beforeAll(async () => {
  const url = testStack().clickhouseUrl
  client = createClient({ url })
  folder = await mkdtemp(join(tmpdir(), 'demo home '))
  const story = createStory((line) => printed.push(line), painter(false))
  result = await runPipeline({ transport, clickhouse: { url }, database, folder, story })
})

afterAll(async () => {
  await client.command({ query: `DROP DATABASE IF EXISTS ${database}` })
  await client.close()
  await rm(folder, { recursive: true, force: true })
})

const keyOf = (table: string) => `clickhouse://local/${database}/${table}`

// A long run reports its start first; only its end counts here.
const ended = (job?: string) => transport.runs(job).filter(({ state }) => state !== 'STARTED')

const outputs = () => ended().flatMap((run) => run.outputs.map((output) => ({ ...output, run })))

async function numberOf(query: string): Promise<number> {
  const answer = await client.query({ query, format: 'JSONCompactEachRow' })
  const [row] = await answer.json<readonly (string | number)[]>()
  return Number(row?.[0])
}

/** The longest path to each asset upstream of `key`, in edges. */
function depths(key: string, depth = 0, found = new Map<string, number>()): ReadonlyMap<string, number> {
  if ((found.get(key) ?? -1) >= depth) return found
  found.set(key, depth)
  for (const upstream of transport.upstreamsOf(key)) depths(upstream, depth + 1, found)
  return found
}

describe('the demo', () => {
  test('delivers every event without a warning', () => {
    expect(result.delivery).toMatchObject({ undelivered: 0, dropped: 0 })
    expect(result.stats).toMatchObject({ problems: {}, cutSearches: 0 })
  })

  test('writes many assets in many layers, from the raw files to the dashboard', () => {
    expect(new Set(outputs().map(({ key }) => key)).size).toBeGreaterThanOrEqual(30)
    const upstream = depths(result.dashboard)
    expect(Math.max(...upstream.values())).toBeGreaterThanOrEqual(6)
    const raw = [...upstream.keys()].filter((key) => key.startsWith('vega://')).sort()
    expect(raw).toEqual(
      ['airports.csv', 'birdstrikes.csv', 'flights-3m.parquet', 'sp500-2000.csv', 'us-state-capitals.json']
        .concat('zipcodes.csv')
        .map((file) => `vega://data/${file}`),
    )
  })

  test('fails exactly one run, because of rows without a state, and prints why', async () => {
    const bad = await numberOf(`SELECT countIf(state IN ('', 'NA')) FROM ${database}.raw_airports`)
    expect(bad).toBeGreaterThan(0)
    const failed = ended().filter(({ state }) => state === 'FAILED')
    expect(failed.map(({ job, error }) => [job.name, error])).toEqual([
      ['publish_airport_states', expect.stringMatching(new RegExp(`^${bad} of \\d+ rows without a state`))],
    ])
    expect(printed.join('\n')).toContain(`${bad} of 3376 rows without a state`)
    expect(transport.upstreamsOf(keyOf('state_delays'))).toContain(keyOf('airport_states'))
  })

  test('fans out to as many assets as the data contain', async () => {
    const months = await numberOf(`SELECT uniqExact(toStartOfMonth(departed_at)) FROM ${database}.flights`)
    const hubs = await numberOf(
      `SELECT count() FROM (SELECT origin FROM ${database}.flights GROUP BY origin
       HAVING count() >= 300 * uniqExact(toDate(departed_at)))`,
    )
    expect(ended('export_month')).toHaveLength(months)
    expect(ended('score_hub')).toHaveLength(hubs)
    const scorecards = transport.upstreamsOf(keyOf('hub_ranking'))
    expect(scorecards).toHaveLength(hubs)
  })

  test('counts the rows that ClickHouse has', async () => {
    const tables = outputs().filter(({ key }) => key.startsWith('clickhouse://'))
    expect(tables.length).toBeGreaterThanOrEqual(15)
    for (const { key, metrics, schema } of tables) {
      const table = `${database}.${key.split('/').at(-1)}`
      expect([key, metrics['rows']]).toEqual([key, await numberOf(`SELECT count() FROM ${table}`)])
      expect(schema?.length).toBe(
        await numberOf(`SELECT count() FROM system.columns WHERE concat(database, '.', table) = '${table}'`),
      )
    }
  })

  test('exports every flight of the cleaned table', async () => {
    const exported = outputs().filter(({ run }) => run.job.name === 'export_month')
    const rows = exported.reduce((sum, { metrics }) => sum + (metrics['rows'] ?? 0), 0)
    expect(rows).toBe(await numberOf(`SELECT count() FROM ${database}.flights`))
  })

  test('records the agent’s decision with the tables it read', async () => {
    const [decided] = ended('crew_agent')
    expect(decided?.job.type).toBe('agent')
    const decision = JSON.parse(await readFile(join(folder, 'decisions/extra-crew.json'), 'utf8'))
    expect(decision.read.map(({ key }: { key: string }) => key).sort()).toEqual(
      decided?.inputs.map(({ key }) => key).sort(),
    )
    const late = await numberOf(
      `SELECT origin = '${decision.hub}' FROM ${database}.flights GROUP BY origin ORDER BY sum(late) DESC LIMIT 1`,
    )
    expect(late).toBe(1)
  })

  test('draws a page without external resources', async () => {
    const html = await readFile(join(folder, 'dashboards/flight-delays.html'), 'utf8')
    expect(html.match(/<svg/g)).toHaveLength(5)
    expect(html).not.toMatch(/<script|src=|href=|NaN|undefined/)
    const [page] = outputs().filter(({ key }) => key === result.dashboard)
    expect(page?.metrics['bytes']).toBe((await stat(join(folder, 'dashboards/flight-delays.html'))).size)
  })
})
