import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Clients } from './query.ts'

export type ClientsOptions = {
  /** URL, user and password. */
  readonly login: { readonly url: string; readonly username: string; readonly password: string }
  readonly database: string
  /** How many costly questions run at once. */
  readonly costlyAtOnce: number
  readonly deadlineMs: number
}

/** By default 15 connections in all: the embedded ClickHouse runs 16 queries at once, so that of a probe never waits there. */
const connections = { costlyMore: 2, cheap: 6, state: 3 }

/** Clients whose connections are the lanes of queries. */
export function createClients({
  login,
  database,
  costlyAtOnce,
  deadlineMs,
}: ClientsOptions): Clients & { close(): Promise<void> } {
  const client = (most: number): ClickHouseClient =>
    createClient({
      ...login,
      database,
      application: 'headwater-api',
      request_timeout: deadlineMs + 5_000, // questions are cancelled at their deadline; this ends what does not react
      max_open_connections: most,
      log: { level: ClickHouseLogLevel.OFF }, // a failed query is logged once, with its request
    })
  const clients: Clients = {
    costly: client(costlyAtOnce + connections.costlyMore),
    cheap: client(connections.cheap),
    state: client(connections.state),
  }
  return {
    ...clients,
    async close() {
      await Promise.all(Object.values(clients).map((each) => each.close()))
    },
  }
}
