import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { runStatement } from '@headwater/clickhouse'
import { readPositions } from './clickhouse-positions.ts'
import type { EncodedTable } from './encoded-rows.ts'
import type { RowSink } from './row-sink.ts'
import { translateClickHouseErrors } from './translate-clickhouse-errors.ts'

export type ClickHouseRowSinkOptions = {
  readonly client: ClickHouseClient
  readonly database: string
  readonly onInserted?: (table: string, rows: number) => void
}

const insertSettings = { async_insert: 0, insert_deduplicate: 0, optimize_on_insert: 0 } as const

export function createClickHouseRowSink({ client, database, onInserted }: ClickHouseRowSinkOptions): RowSink {
  async function insert({ name, columns, rows, parts }: EncodedTable): Promise<void> {
    await translateClickHouseErrors(async () => {
      await runStatement(client, {
        query: `INSERT INTO \`${database}\`.${name} (${columns.join(', ')}) FORMAT Native`,
        values: Readable.from(parts, { objectMode: false }),
        clickhouse_settings: insertSettings,
        rows,
      })
    })
    onInserted?.(name, rows)
  }

  return {
    write: async (tables) => void (await Promise.all(tables.map(insert))),
    positions: (topic) =>
      translateClickHouseErrors(async () => {
        const { offsets } = await readPositions(client, database, topic)
        return offsets
      }),
  }
}
