/** What in a statement is refused, and what to do instead, in words for an error. */
export type Escape = { readonly what: string; readonly instead: string }

export const insteadOfReaching =
  'It reaches files, programs, or other servers: send rows as INSERT ... FORMAT, and read results from the answer'
export const ownServer = 'Use a ClickHouse server of your own where you need it (CLICKHOUSE_URL)'
