import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { eventually, startWholeSystem, type WholeSystem } from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Events that real tools sent, from the OpenLineage project's own scenarios, where somebody has put them beside this project.
const folder = new URL('../../../../../shared/fixtures/openlineage/scenarios/', import.meta.url)
const isThere = existsSync(folder)

type Name = readonly [namespace: string, name: string]
type Edges = readonly { readonly key: string; readonly upstreams: readonly string[] }[]
type Lineage = {
  readonly nodes: readonly { readonly id: number; readonly key: string }[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

const bigQuery = (name: string): Name => ['bigquery', `mock-project.test.${name}`]
const bucket = (name: string): Name => ['gs://mock-bucket', name]
const hive = (name: string): Name => ['file', `/tmp/cll_test/${name}`]

/** What scenario.md tells of each: an asset, and what it is made of. */
const told: Readonly<Record<string, readonly (readonly [Name, readonly Name[]])[]>> = {
  airflow: [
    [bigQuery('upload'), [bucket('copied.csv'), bucket('test.csv')]],
    [bigQuery('upload_cp'), [bigQuery('upload')]],
    [bucket('result.csv'), [bigQuery('upload_cp')]],
    [bucket('uploaded_file.txt'), [['file', '/files/temp/data.txt']]],
    [bucket('copy_of_uploaded_file.txt'), [bucket('uploaded_file.txt')]],
    [bucket('copy_of_uploaded_data.txt'), [bucket('uploaded_data.txt')]],
    [['file', '/files/temp/downloaded_file.txt'], [bucket('uploaded_file.txt')]],
  ],
  CLL: [[hive('tbl1'), [hive('cll_source1'), hive('cll_source2')]]],
  simple_run_event: [[['bigquery', 'test.table.output'], [['bigquery', 'test.table.input']]]],
}

const eventsOf = (scenario: string): readonly object[] =>
  readdirSync(new URL(`${scenario}/events/`, folder)).map((file) =>
    JSON.parse(readFileSync(new URL(`${scenario}/events/${file}`, folder), 'utf8')),
  )

describe.skipIf(!isThere)('events of real tools, shuffled and sent twice and more', () => {
  const systems: WholeSystem[] = []
  beforeAll(async () => {
    const seed = Date.now() % 1_000_000
    console.log(`scenario seed ${seed}`)
    for (const delivery of fc.sample(fc.shuffledSubarray([...all()], { minLength: all().length }), {
      seed,
      numRuns: 2,
    })) {
      const system = await startWholeSystem()
      systems.push(system)
      for (const event of [...delivery, ...delivery.slice(0, 20)]) await post(system, event)
      await eventually(async () => {
        const [found] = await system.rows<{ facts: number }>('SELECT count() AS facts FROM run_facts FINAL')
        expect(found?.facts).toBe(all().length)
      }, 60_000)
    }
  }, 180_000)
  afterAll(async () => {
    for (const system of systems) await system.end()
  })

  it.each(Object.keys(told))('make the graph that %s tells', async (scenario) => {
    for (const system of systems) {
      for (const [asset, upstreams] of told[scenario] ?? []) {
        const key = await keyOf(system, asset)
        expect(await upstreamsOf(system, key)).toEqual(
          (await Promise.all(upstreams.map((name) => keyOf(system, name)))).sort(),
        )
      }
    }
  })

  it('make the same graph in any order', async () => {
    const graphs: Edges[] = []
    for (const system of systems) {
      const { items } = await system.ask<{ items: readonly { key: string }[] }>('assets', { limit: '200' })
      graphs.push(await Promise.all(items.map(async ({ key }) => ({ key, upstreams: await upstreamsOf(system, key) }))))
    }
    expect(graphs[0]).toHaveLength(18)
    expect(graphs[1]).toEqual(graphs[0])
  })

  it('tell what the columns of a table are made of', async () => {
    for (const system of systems) {
      const key = await keyOf(system, hive('tbl1'))
      for (const [column, table, from] of [
        ['ident', 'cll_source1', 'a'],
        ['trans', 'cll_source1', 'b'],
        ['agg', 'cll_source2', 'c'],
      ] as const) {
        const query = { key, column, direction: 'upstream', depth: '1' }
        const { nodes } = await system.ask<{ nodes: readonly object[] }>('columns/lineage', query)
        expect(nodes).toContainEqual(expect.objectContaining({ key: await keyOf(system, hive(table)), column: from }))
      }
    }
  })
})

const all = (): readonly object[] => Object.keys(told).flatMap(eventsOf)

async function post({ gateway }: WholeSystem, event: object): Promise<void> {
  const response = await fetch(`${gateway.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  expect(response.status, await response.text()).toBe(201)
}

const keyOf = async (system: WholeSystem, [namespace, name]: Name): Promise<string> =>
  (await system.ask<{ key: string }>('asset', { namespace, name })).key

async function upstreamsOf(system: WholeSystem, key: string): Promise<string[]> {
  const { nodes, edges } = await system.ask<Lineage>('lineage', { key, direction: 'upstream', depth: '1' })
  return edges.map(({ from }) => nodes[from]?.key ?? '').sort()
}
