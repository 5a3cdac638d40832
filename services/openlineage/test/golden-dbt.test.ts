import type { MaterializationEvent } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { fixture, goldenEvents, hasFixtures } from './fixtures.ts'
import { mapped } from './helpers/run-event.ts'

type Node = {
  readonly resource_type: string
  readonly relation_name: string | null
  readonly depends_on?: { readonly nodes: readonly string[] }
  readonly test_metadata?: { readonly name: string; readonly kwargs: { readonly column_name?: string } }
  readonly attached_node?: string
}
type Manifest = { readonly nodes: Record<string, Node>; readonly sources: Record<string, Node> }

const build = 'dbt/structured_logs/postgres/build_command'
const keyOf = (host: string, relation: string) =>
  `postgres://${host}/${relation.replaceAll('"', '').replaceAll('.', '/')}`

describe.skipIf(!hasFixtures)('golden events of dbt', () => {
  const manifest = hasFixtures ? (fixture(`${build}/target/manifest.json`) as Manifest) : { nodes: {}, sources: {} }
  const all = (hasFixtures ? goldenEvents(`${build}/results/build_ol_events.json`) : []).map((event) => mapped(event))
  const nodes = (...types: string[]) =>
    Object.entries(manifest.nodes).filter(([, node]) => types.includes(node.resource_type))
  const key = (id: string) => keyOf('postgres', (manifest.nodes[id] ?? manifest.sources[id])?.relation_name ?? '')
  const successes = all.flatMap(({ runs }) => runs).filter(({ state }) => state === 'SUCCEEDED')
  const writers = (asset: string): MaterializationEvent[] =>
    successes.filter(({ outputs }) => outputs.some((output) => output.key === asset))

  it('give the models, seeds and snapshots that were built, each from what its manifest says it depends on', () => {
    const built = nodes('model', 'seed', 'snapshot').filter(([id]) => writers(key(id)).length > 0)
    expect(built.map(([id]) => id).sort()).toEqual([
      'model.jaffle_shop.customers',
      'model.jaffle_shop.stg_customers',
      'model.jaffle_shop.stg_orders',
      'model.jaffle_shop.stg_payments',
      'seed.jaffle_shop.raw_customers',
      'seed.jaffle_shop.raw_orders',
      'seed.jaffle_shop.raw_payments',
      'snapshot.jaffle_shop.orders_snapshot',
    ])
    for (const [id, node] of built) {
      const [run] = writers(key(id))
      expect(run?.inputs.map((input) => input.key).sort(), id).toEqual((node.depends_on?.nodes ?? []).map(key).sort())
      expect(run).toMatchObject({ by: 'dbt', job: { type: node.resource_type } })
    }
  })

  it('write nothing that is no node of the manifest, audit tables of tests for one', () => {
    const known = new Set(nodes('model', 'seed', 'snapshot').map(([id]) => key(id)))
    expect(
      successes.flatMap(({ outputs }) => outputs.map((output) => output.key)).filter((asset) => !known.has(asset)),
    ).toEqual([])
  })

  it('give the tests that ran as checks of the model they are attached to', () => {
    const ran = new Set(
      all
        .flatMap(({ runs }) => runs)
        .filter(({ state, job }) => job.type === 'test' && state !== 'STARTED')
        .map(({ job }) => job.name),
    )
    const expected = nodes('test')
      .filter(([id]) => ran.has(id))
      .map(([, { test_metadata, attached_node }]) => [
        key(attached_node ?? ''),
        test_metadata?.name,
        test_metadata?.kwargs.column_name,
      ])
    const found = all.flatMap(({ checks }) => checks).map(({ key: asset, check }) => [asset, check.name, check.column])
    expect(found.map(String).sort()).toEqual(expected.map(String).sort())
    expect(ran.size).toBe(found.length)
    expect(all.flatMap(({ checks }) => checks).filter(({ check }) => check.status === 'FAIL')).toMatchObject([
      { key: key('model.jaffle_shop.customers'), check: { name: 'accepted_values', column: 'first_name' } },
    ])
  })

  it('give owners and descriptions', () => {
    const [, end] = goldenEvents('dbt/small/result.json').map((event) => mapped(event))
    expect(end?.stated('bigquery://random-gcp-project/dbt_test1/test_model')).toMatchObject({
      owners: ['data_team'],
      description: 'A starter dbt model',
    })
    const described = all
      .flatMap(({ assets }) => assets)
      .find((event) => event.key === key('model.jaffle_shop.customers') && event.description !== null)
    expect(described?.description).toContain('basic information about a customer')
  })
})
