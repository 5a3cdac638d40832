// What stands for one part of a table in BigQuery: there a name of a table has no $ and no *.

const decorated = /^(bigquery:\/\/[^/]+\/[^/]+\/[^/$]+)\$([^/$]+)$/
const sharded =
  /^(bigquery:\/\/[^/]+\/[^/]+\/[^/]+_)((?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{1,7}\*)$/

export type TablePart = { readonly key: string; readonly partition: string }

/** Of `t$20240101` the table `t`, and which partition of it. */
export function decoratedTable(key: string): TablePart | undefined {
  const [, table, partition] = decorated.exec(key) ?? []
  return table === undefined || partition === undefined ? undefined : { key: table, partition }
}

/** Of `events_20240101`, one table a day, all of them as queries call them: `events_*`; of `events_2024*` too. */
export function shardedTable(key: string): TablePart | undefined {
  const [, tables, partition] = sharded.exec(key) ?? []
  return tables === undefined || partition === undefined ? undefined : { key: `${tables}*`, partition }
}
