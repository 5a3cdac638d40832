import type { TestDatabase } from '@headwater/testing'

/** Tables that a fold of the log fills. Positions depend on where records lie, not on what they say. */
const tables = [
  'run_facts',
  'input_sets',
  'asset_reads',
  'asset_writes',
  'asset_sightings',
  'asset_facts',
  'checks',
  'asset_aliases',
  'job_facts',
  'column_sets',
  'column_reads',
]

/** Every row of the tables, in one order. */
export async function tableContents({ client, database }: TestDatabase): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of tables) {
    const result = await client.query({ query: `SELECT * FROM \`${database}\`.${table} FINAL`, format: 'JSONEachRow' })
    found[table] = (await result.json<object>()).map((row) => JSON.stringify(row)).sort()
  }
  return found
}
