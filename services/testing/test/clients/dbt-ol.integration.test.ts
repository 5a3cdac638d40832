import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually, startWholeSystem, type WholeSystem } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutPython, runPythonClient } from '../../src/processes/python-clients.ts'

type Lineage = {
  readonly nodes: readonly { readonly id: number; readonly key: string }[]
  readonly edges: readonly Edge[]
}
type Edge = { readonly from: number; readonly to: number }

describe.skipIf(isWithoutPython)('a dbt project on DuckDB, built by dbt-ol', () => {
  let system: WholeSystem
  let folder: string
  const keyOf = (table: string) => `duckdb://bakery.duckdb/bakery/main/${table}`

  beforeAll(async () => {
    system = await startWholeSystem()
    folder = await mkdtemp(join(tmpdir(), 'bakery-'))
    await cp(fileURLToPath(new URL('bakery', import.meta.url)), folder, { recursive: true })
    const { code, output } = await runPythonClient('dbt-ol', ['build', '--no-use-colors'], {
      cwd: folder,
      env: {
        OPENLINEAGE_URL: system.gateway.url,
        OPENLINEAGE_NAMESPACE: 'bakery',
        DBT_PROFILES_DIR: folder,
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      },
    })
    expect(code, output).toBe(0)
    expect(output).toMatch(/Emitted \d+ OpenLineage events/)
    await eventually(async () => {
      const [found] = await system.rows<{ ended: number }>(
        `SELECT uniqExact(job_name) AS ended FROM run_facts WHERE state = 'SUCCEEDED'`,
      )
      expect(found?.ended).toBe(5)
    }, 60_000)
  }, 240_000)
  afterAll(async () => {
    await system?.end()
    await rm(folder, { recursive: true, force: true })
  })

  it('is one graph from the seeds to the dashboard, though no event lists the seeds as inputs', async () => {
    const { nodes, edges } = await system.ask<Lineage>('lineage', { key: keyOf('stg_orders'), depth: '5' })
    const nameOf = (id: number) =>
      nodes
        .find((node) => node.id === id)
        ?.key.split('/')
        .at(-1)
    expect(edges.map(({ from, to }) => `${nameOf(from)} -> ${nameOf(to)}`).sort()).toEqual([
      'raw_orders -> stg_orders',
      'revenue -> revenue_board',
      'stg_orders -> revenue',
    ])
  })

  it('knows who owns a model, what it is, its columns, and how its tests went', async () => {
    expect(await system.ask('asset', { key: keyOf('stg_orders') })).toMatchObject({
      description: 'Orders that count',
      owners: ['team:orders'],
      columns: expect.arrayContaining([expect.objectContaining({ name: 'id' })]),
      checks: expect.arrayContaining([expect.objectContaining({ column: 'id', status: 'PASS' })]),
      materializations: { SUCCEEDED: 1 },
      health: { status: 'HEALTHY' },
    })
  })

  it('knows what a column is made of', async () => {
    const query = { key: keyOf('revenue'), column: 'total', direction: 'upstream' }
    const { nodes } = await system.ask<{ nodes: readonly { key: string; column: string }[] }>('columns/lineage', query)
    expect(nodes.map(({ key, column }) => `${key.split('/').at(-1)}.${column}`)).toEqual(
      expect.arrayContaining(['stg_orders.amount', 'raw_orders.amount']),
    )
  })

  it('finds an asset by its OpenLineage name', async () => {
    const pair = { namespace: 'duckdb://bakery.duckdb', name: 'bakery.main.revenue' }
    expect(await system.ask('asset', pair)).toMatchObject({ key: keyOf('revenue') })
  })
})
