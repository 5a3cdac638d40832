import type { MaterializationEvent } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { dbtManifest, recordedEvents } from '../helpers/recorded-events.ts'
import { mapped } from '../helpers/run-event.ts'

type Node = {
  readonly resource_type: string
  readonly relation_name?: string
  readonly depends_on: readonly string[]
  readonly column?: string
  readonly attached_node?: string
}

const nodes = dbtManifest() as Readonly<Record<string, Node>>
const nodesOf = (...types: string[]) => Object.entries(nodes).filter(([, node]) => types.includes(node.resource_type))
const keyOfRelation = (relation: string) =>
  `duckdb://orchard.duckdb/${relation.replaceAll('"', '').replaceAll('.', '/')}`
const key = (id: string) => keyOfRelation(nodes[id]?.relation_name ?? '')

describe('dbt build with structured logs', () => {
  const all = recordedEvents('dbt-structured-logs').map((event) => mapped(event))
  const successes = all.flatMap(({ runs }) => runs).filter(({ state }) => state === 'SUCCEEDED')
  const writers = (asset: string): MaterializationEvent[] =>
    successes.filter(({ outputs }) => outputs.some((output) => output.key === asset))

  it('has a run for each model, seed and snapshot, with the inputs that its manifest names', () => {
    const built = nodesOf('model', 'seed', 'snapshot').filter(([id]) => writers(key(id)).length > 0)
    expect(built.map(([id]) => id).sort()).toEqual([
      'model.orchard.stg_harvests',
      'model.orchard.stg_prices',
      'model.orchard.stg_trees',
      'model.orchard.yields',
      'seed.orchard.raw_harvests',
      'seed.orchard.raw_prices',
      'seed.orchard.raw_trees',
      'snapshot.orchard.harvests_snapshot',
    ])
    for (const [id, node] of built) {
      const [run] = writers(key(id))
      expect(run?.inputs.map((input) => input.key).sort(), id).toEqual(node.depends_on.map(key).sort())
      expect(run).toMatchObject({ by: 'dbt', job: { type: node.resource_type } })
    }
  })

  it('writes only nodes of the manifest, so no audit tables of tests', () => {
    const known = new Set(nodesOf('model', 'seed', 'snapshot').map(([id]) => key(id)))
    const written = successes.flatMap(({ outputs }) => outputs.map((output) => output.key))
    expect(written.filter((asset) => !known.has(asset))).toEqual([])
  })

  it('records the tests as checks of the model that they are attached to', () => {
    const ran = new Set(
      all
        .flatMap(({ runs }) => runs)
        .filter(({ state, job }) => job.type === 'test' && state !== 'STARTED')
        .map(({ job }) => job.name),
    )
    const expected = nodesOf('test')
      .filter(([id]) => ran.has(id))
      .map(([id, { attached_node, column }]) => [key(attached_node ?? ''), id.split('.')[2], column])
    const found = all.flatMap(({ checks }) => checks).map(({ key: asset, check }) => [asset, check.name, check.column])
    expect(found.map(String).sort()).toEqual(expected.map(String).sort())
    expect(found.length).toBe(5)
    expect(ran.size).toBe(found.length)
    expect(all.flatMap(({ checks }) => checks).filter(({ check }) => check.status === 'FAIL')).toMatchObject([
      {
        key: key('model.orchard.yields'),
        check: { name: 'accepted_values_yields_variety__Topaz__Elstar', column: 'variety' },
      },
    ])
  })

  it('describes the models', () => {
    const described = all
      .flatMap(({ assets }) => assets)
      .find((event) => event.key === key('model.orchard.yields') && event.description !== null)
    expect(described?.description).toBe('Kilograms and euros of each variety of apple')
  })
})

describe('dbt run, reported from its artifacts', () => {
  const all = recordedEvents('dbt-artifacts').map((event) => mapped(event))

  it('has owners, descriptions and exposures', () => {
    const yields = key('model.orchard.yields')
    const stated = all.flatMap((event) => event.stated(yields) ?? [])
    expect(stated).toContainEqual(
      expect.objectContaining({
        owners: ['team:harvest'],
        description: 'Kilograms and euros of each variety of apple',
      }),
    )
    expect(all.flatMap(({ jobs }) => jobs)).toContainEqual(
      expect.objectContaining({ lineage: [{ output: 'dashboard://orchard/yield_board', inputs: [yields] }] }),
    )
  })

  it('has column lineage', () => {
    const output = all
      .flatMap(({ runs }) => runs)
      .flatMap(({ outputs }) => outputs)
      .findLast((found) => found.key === key('model.orchard.yields'))
    const names = output?.columnLineage.map(({ column }) => column) ?? []
    expect([...new Set(names)].filter((name) => name !== '').sort()).toEqual(['euros', 'kilograms', 'variety'])
  })
})
