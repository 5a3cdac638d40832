import { readFileSync } from 'node:fs'
import { eventually, startWholeSystem, type WholeSystem } from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// One pipeline of each tool, with the events that its OpenLineage integration sends. What is particular to each is in its events:
// Airflow retries under another run id; Spark reports one statement as two jobs, starts a run that never ends, and sends COMPLETE
// after FAIL; dbt names a seed only in column lineage and no outputs when a model fails; Dagster has one run id for every step.

type Name = readonly [namespace: string, name: string]
type Upstreams = readonly { readonly key: string; readonly upstreams: readonly string[] }[]
type Lineage = {
  readonly nodes: readonly { readonly id: number; readonly key: string }[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}
type Jobs = { readonly items: readonly { readonly jobName: string; readonly lastRun: { readonly state: string } }[] }

const bucket = (name: string): Name => ['gs://bakery-lake', name]
const bigQuery = (table: string): Name => ['bigquery', `bakery.sales.${table}`]
const warehouse = (table: string): Name => ['file', `/warehouse/ovens.db/${table}`]
const postgres = (table: string): Name => ['postgres://warehouse.bakery.example:5432', `shop.main.${table}`]

/** Assets of each scenario, with their upstreams. */
const expected: Readonly<Record<string, readonly (readonly [Name, readonly Name[]])[]>> = {
  airflow: [
    [bucket('raw/orders.csv'), [['file', '/srv/till/orders.csv']]],
    [bigQuery('orders'), [bucket('raw/orders.csv')]],
    [bigQuery('revenue'), [bigQuery('orders'), bigQuery('products')]],
    [bucket('exports/revenue.csv'), [bigQuery('revenue')]],
    [bucket('exports/never.csv'), []],
  ],
  spark: [
    [warehouse('yield_by_oven'), [warehouse('batches'), warehouse('readings')]],
    [['file', '/exports/yield.parquet'], []],
  ],
  dbt: [
    [postgres('stg_customers'), [postgres('raw_customers')]],
    [postgres('stg_sales'), [postgres('sales')]],
    [postgres('loyalty'), [postgres('stg_customers'), postgres('stg_sales')]],
  ],
  dagster: [],
}

const eventsOf = (scenario: string): readonly object[] =>
  readFileSync(new URL(`scenarios/${scenario}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)

const all = Object.keys(expected).flatMap(eventsOf)

describe('events as Airflow, Spark, dbt and Dagster send them, in two random orders, some of them twice', () => {
  const systems: WholeSystem[] = []
  beforeAll(async () => {
    const seed = Date.now() % 1_000_000
    console.log(`scenario seed ${seed}`)
    const deliveries = fc.sample(fc.shuffledSubarray([...all], { minLength: all.length }), { seed, numRuns: 2 })
    await Promise.all(
      deliveries.map(async (delivery) => {
        const system = await startWholeSystem()
        systems.push(system)
        for (const event of [...delivery, ...delivery.slice(0, 20)]) await post(system, event)
        await eventually(async () => {
          const [found] = await system.rows<{ facts: number }>('SELECT count() AS facts FROM run_facts FINAL')
          expect(found?.facts).toBe(all.length)
        }, 60_000)
      }),
    )
  }, 180_000)
  afterAll(() => Promise.all(systems.map((system) => system.end())))

  it.each(Object.keys(expected))('make the graph of the %s pipeline', async (scenario) => {
    for (const system of systems) {
      for (const [asset, upstreams] of expected[scenario] ?? []) {
        const keys = await Promise.all(upstreams.map((name) => keyOf(system, name)))
        expect(await upstreamsOf(system, await keyOf(system, asset)), asset.join(' ')).toEqual(keys.sort())
      }
    }
  })

  it('make the same graph in either order', async () => {
    const graphs: Upstreams[] = []
    for (const system of systems) {
      const { items } = await system.ask<{ items: readonly { key: string }[] }>('assets', { limit: '200' })
      graphs.push(await Promise.all(items.map(async ({ key }) => ({ key, upstreams: await upstreamsOf(system, key) }))))
    }
    expect(graphs[0]).toHaveLength(17)
    expect(graphs[1]).toEqual(graphs[0])
  })

  it('resolve the columns of a table that Spark created', async () => {
    for (const system of systems) {
      const key = await keyOf(system, warehouse('yield_by_oven'))
      for (const [column, table, from] of [
        ['oven', 'readings', 'oven'],
        ['label', 'readings', 'model'],
        ['loaves', 'batches', 'loaves'],
      ] as const) {
        const query = { key, column, direction: 'upstream', depth: '1' }
        const { nodes } = await system.ask<{ nodes: readonly object[] }>('columns/lineage', query)
        const upstream = { key: await keyOf(system, warehouse(table)), column: from }
        expect(nodes).toContainEqual(expect.objectContaining(upstream))
      }
    }
  })

  it('keep the state of each Dagster step, though all steps share one run id', async () => {
    for (const system of systems) {
      const { items } = await system.ask<Jobs>('jobs', { jobNamespace: 'bakery-dagster', limit: '200' })
      expect(Object.fromEntries(items.map(({ jobName, lastRun }) => [jobName, lastRun.state]))).toEqual({
        ice_cream: 'SUCCEEDED',
        'ice_cream.churn': 'SUCCEEDED',
        'ice_cream.deliver': 'FAILED',
        'ice_cream.freeze': 'SUCCEEDED',
      })
    }
  })
})

async function post({ gateway }: WholeSystem, event: object): Promise<void> {
  const response = await fetch(`${gateway.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  expect(response.status, await response.text()).toBe(201)
}

const known = new WeakMap<WholeSystem, Map<string, Promise<string>>>()

/** The key of an asset, queried once for each system. */
function keyOf(system: WholeSystem, [namespace, name]: Name): Promise<string> {
  const keys = known.get(system) ?? new Map<string, Promise<string>>()
  known.set(system, keys)
  const id = `${namespace} ${name}`
  const key = keys.get(id) ?? system.ask<{ key: string }>('asset', { namespace, name }).then((asset) => asset.key)
  keys.set(id, key)
  return key
}

async function upstreamsOf(system: WholeSystem, key: string): Promise<string[]> {
  const { nodes, edges } = await system.ask<Lineage>('lineage', { key, direction: 'upstream', depth: '1' })
  return edges.map(({ from }) => nodes[from]?.key ?? '').sort()
}
