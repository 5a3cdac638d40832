import type { ClickHouseClient } from '@clickhouse/client'
import type { RebuiltDatabase } from './rebuilt-database.ts'

/**
 * Has the rebuilt tables change places with those that are read, in one statement, positions first. Should the server end in its
 * midst, those that were exchanged are in place and the others are not; either is right, since all hold the log up to the same
 * positions, and the new positions make every projector begin anew, with nothing remembered of any table.
 */
export async function swapTables(client: ClickHouseClient, { live, name, folds }: Swap): Promise<void> {
  const pairs = folds.map((table) => `\`${live}\`.${table} AND \`${name}\`.${table}`)
  await client.command({ query: `EXCHANGE TABLES ${pairs.join(', ')}` })
}

type Swap = Pick<RebuiltDatabase, 'live' | 'name'> & { readonly folds: readonly string[] }
