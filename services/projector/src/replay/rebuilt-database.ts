import type { ClickHouseClient } from '@clickhouse/client'
import { applyHorizons, readRows, runStatement } from '@headwater/clickhouse'

/** Tables that are not folded from the log. A swap leaves them in place. */
const notFolded = ['heartbeats', 'horizons', 'read_times', 'replays', 'schema_migrations']

/** Holds how far the tables are folded. Swapped first: see `swap`. */
export const positionsTable = 'folded_offsets'
export const gapsTable = 'log_gaps'

/** The database in which a replay builds tables, beside the live one. */
export class RebuiltDatabase {
  readonly #client: ClickHouseClient
  readonly live: string
  readonly name: string

  constructor(client: ClickHouseClient, live: string) {
    this.#client = client
    this.live = live
    this.name = `${live}_replay`
  }

  exists(): Promise<boolean> {
    return databaseExists(this.#client, this.name)
  }

  async drop(): Promise<void> {
    await runStatement(this.#client, {
      query: 'DROP DATABASE IF EXISTS {name:Identifier}',
      query_params: { name: this.name },
      clickhouse_settings: { max_table_size_to_drop: '0' }, // without it the server refuses to drop more than 50 GB
    })
  }

  /** The tables that are folded from the log, positions first. */
  async foldedTables(): Promise<readonly string[]> {
    const rows = await readRows<{ name: string }>(this.#client, {
      query: `SELECT name FROM system.tables WHERE database = {name:String} AND endsWith(engine, 'MergeTree')
        AND name NOT IN {notFolded:Array(String)} ORDER BY name != {positionsTable:String}, name`,
      query_params: { name: this.name, notFolded, positionsTable },
    })
    return rows.map(({ name }) => name)
  }

  /**
   * Expires what has expired in the live tables.
   * @param open creates a client with this default database
   */
  async applyHorizons(open: (database: string) => ClickHouseClient): Promise<void> {
    const [from, to] = [open(this.live), open(this.name)]
    try {
      await applyHorizons(from, to)
    } finally {
      await Promise.all([from.close(), to.close()])
    }
  }

  /**
   * Swaps rebuilt and live tables in one statement. A server that crashes in the middle of it may have swapped only the first of them:
   * still correct, since all hold the log up to the same positions, and the new positions, swapped first, make every projector restart
   * without what it remembered of any table.
   * @param tables positions first
   */
  async swap(tables: readonly string[]): Promise<void> {
    const pairs = tables.map((table) => `\`${this.live}\`.${table} AND \`${this.name}\`.${table}`)
    await runStatement(this.#client, { query: `EXCHANGE TABLES ${pairs.join(', ')}` })
  }
}

export async function databaseExists(client: ClickHouseClient, name: string): Promise<boolean> {
  const [row] = await readRows<{ found: string }>(client, {
    query: 'SELECT count() AS found FROM system.databases WHERE name = {name:String}',
    query_params: { name },
  })
  return Number(row?.found) > 0
}
