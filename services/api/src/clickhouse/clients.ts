import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseConnection } from '@headwater/config'
import type { Clients } from './query.ts'

export type ClientsOptions = {
  /** Address and login of a client with at most so many connections. */
  readonly connect: (connections: number) => ClickHouseConnection
  readonly database: string
  /** How many costly questions run at once. */
  readonly costlyAtOnce: number
  readonly deadlineMs: number
}

/** By default 15 connections in all: the embedded ClickHouse runs 16 queries at once, so that of a probe never waits there. */
const connections = { costlyMore: 2, cheap: 6, state: 3 }

/** Clients whose connections are the lanes of queries. */
export function createClients({
  connect,
  database,
  costlyAtOnce,
  deadlineMs,
}: ClientsOptions): Clients & { close(): Promise<void> } {
  const client = (most: number): ClickHouseClient =>
    createClient({
      ...connect(most),
      database,
      application: 'headwater-api',
      request_timeout: deadlineMs + 5_000, // questions are cancelled at their deadline; this ends what does not react
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
