// Names of one part of a BigQuery table: names of tables contain neither $ nor *.

const decorated = /^(bigquery:\/\/[^/]+\/[^/]+\/[^/$]+)\$([^/$]+)$/
const sharded =
  /^(bigquery:\/\/[^/]+\/[^/]+\/[^/]+_)((?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{1,7}\*)$/

export type TablePart = { readonly key: string; readonly partition: string }

/** The table and partition that `t$20240101` names: `t` and `20240101`. */
export function decoratedTable(key: string): TablePart | undefined {
  const [, table, partition] = decorated.exec(key) ?? []
  return table === undefined || partition === undefined ? undefined : { key: table, partition }
}

/** The wildcard table `events_*` and the part of it that `events_20240101` or `events_2024*` names. */
export function shardedTable(key: string): TablePart | undefined {
  const [, tables, partition] = sharded.exec(key) ?? []
  return tables === undefined || partition === undefined ? undefined : { key: `${tables}*`, partition }
}
