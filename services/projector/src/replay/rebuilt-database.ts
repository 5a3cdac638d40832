import type { ClickHouseClient } from '@clickhouse/client'

/** Tables that are no folds of the log; they stay where they are. */
const noFolds = ['heartbeats', 'horizons', 'replays', 'schema_migrations']

/** Which tables a projector says it has folded. Exchanged first: see `swapTables`. */
export const positionsTable = 'folded_offsets'

/** The database beside the one that is read, where tables are built anew. */
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
    await this.#client.command({
      query: 'DROP DATABASE IF EXISTS {name:Identifier}',
      query_params: { name: this.name },
      clickhouse_settings: { max_table_size_to_drop: '0' }, // a server refuses to drop more than 50 GB by mistake
    })
  }

  /** The tables that are folds of the log: every one of a migrated database but a few, positions first. */
  async folds(): Promise<readonly string[]> {
    const result = await this.#client.query({
      query: `SELECT name FROM system.tables WHERE database = {name:String} AND endsWith(engine, 'MergeTree')
        AND name NOT IN {noFolds:Array(String)} ORDER BY name != {positionsTable:String}, name`,
      query_params: { name: this.name, noFolds, positionsTable },
      format: 'JSONEachRow',
    })
    return (await result.json<{ name: string }>()).map(({ name }) => name)
  }
}

export async function databaseExists(client: ClickHouseClient, name: string): Promise<boolean> {
  const result = await client.query({
    query: 'SELECT count() AS found FROM system.databases WHERE name = {name:String}',
    query_params: { name },
    format: 'JSONEachRow',
  })
  const [row] = await result.json<{ found: string }>()
  return Number(row?.found) > 0
}
