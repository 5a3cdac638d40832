import { foldedTables } from '../chaos/verify/table-differences.ts'
import type { TestDatabase } from './test-database.ts'

/** Tables that say what events say. Positions depend on where records lie. */
export const contentTables = foldedTables.filter((table) => table !== 'folded_offsets')

/** Every row of the tables, in one order. */
export async function tableContents({ client, database }: TestDatabase): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of contentTables) {
    const result = await client.query({ query: `SELECT * FROM \`${database}\`.${table} FINAL`, format: 'JSONEachRow' })
    found[table] = (await result.json<object>()).map((row) => JSON.stringify(row)).sort()
  }
  return found
}
