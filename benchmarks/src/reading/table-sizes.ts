import type { TestDatabase } from '@headwater/testing'

export type TableSize = { readonly rows: number; readonly bytes: number }

/** Rows and compressed bytes of each table, once its parts are merged into one. */
export async function tableSizes({ client, database }: TestDatabase): Promise<ReadonlyMap<string, TableSize>> {
  const tables = ['asset_reads', 'asset_sightings', 'asset_writes', 'input_sets', 'run_facts']
  for (const table of tables) await client.command({ query: `OPTIMIZE TABLE \`${database}\`.${table} FINAL` })
  const result = await client.query({
    query: `SELECT table, sum(rows) AS rows, sum(data_compressed_bytes + marks_bytes) AS bytes FROM system.parts
      WHERE database = {database:String} AND active AND table IN {tables:Array(String)} GROUP BY table ORDER BY table`,
    query_params: { database, tables },
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ table: string; rows: string; bytes: string }>()
  return new Map(rows.map(({ table, rows: count, bytes }) => [table, { rows: Number(count), bytes: Number(bytes) }]))
}
