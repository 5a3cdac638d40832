import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import type { InputSetId } from '@headwater/lineage'
import { whileClickHouseIsAway } from './clickhouse-errors.ts'
import type { EncodedTable } from './encoded-rows.ts'
import type { FactsOfRun } from './fold-runs.ts'
import { readRepeatedRuns } from './repeated-runs.ts'
import type { RowSink } from './row-sink.ts'

export type ClickHouseRowSinkOptions = {
  readonly client: ClickHouseClient
  readonly database: string
  readonly onInserted?: (table: string, rows: number) => void
}

const insertSettings = { async_insert: 0, insert_deduplicate: 0, optimize_on_insert: 0 } as const

export function createClickHouseRowSink({ client, database, onInserted }: ClickHouseRowSinkOptions): RowSink {
  async function insert({ name, columns, rows, bytes }: EncodedTable): Promise<void> {
    await whileClickHouseIsAway(async () => {
      const { stream } = await client.exec({
        query: `INSERT INTO \`${database}\`.${name} (${columns.join(', ')}) FORMAT RowBinary`,
        values: Readable.from([bytes], { objectMode: false }),
        clickhouse_settings: insertSettings,
      })
      stream.resume()
    })
    onInserted?.(name, rows)
  }

  return {
    write: async (tables) => void (await Promise.all(tables.map(insert))),
    factsOfRepeatedRuns: (runIds): Promise<readonly FactsOfRun[]> =>
      whileClickHouseIsAway(() => readRepeatedRuns(client, database, runIds)),
    inputSets: (setIds) =>
      whileClickHouseIsAway(async () => {
        const result = await client.query({
          query: `SELECT lower(hex(reinterpretAsFixedString(set_id))) AS id, any(inputs) AS inputs FROM \`${database}\`.input_sets
            WHERE set_id IN (SELECT reinterpretAsUInt128(unhex(arrayJoin({ids:Array(String)})))) GROUP BY set_id`,
          query_params: { ids: setIds },
          use_multipart_params: true,
          format: 'JSONEachRow',
        })
        const rows = await result.json<{ id: InputSetId; inputs: readonly string[] }>()
        return new Map(rows.map(({ id, inputs }) => [id, inputs]))
      }),
    positions: (topic) =>
      whileClickHouseIsAway(async () => {
        const result = await client.query({
          query: `SELECT partition, toString(max(last_offset)) AS offset FROM \`${database}\`.positions WHERE topic = {topic:String} GROUP BY partition`,
          query_params: { topic },
          format: 'JSONEachRow',
        })
        const rows = await result.json<{ partition: number; offset: string }>()
        return new Map(rows.map(({ partition, offset }) => [partition, Number(offset)]))
      }),
  }
}
