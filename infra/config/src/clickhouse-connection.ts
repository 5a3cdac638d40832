import { Agent, type AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { Type } from 'typebox'
import {
  type ClickHouseLogin,
  type ClickHouseTlsSettings,
  clickHouseLogin,
  clickHouseProblems,
  clickHouseVariables,
} from './clickhouse-variables.ts'
import { throwIfInvalid } from './config-error.ts'
import { type Environment, readVariables } from './read-variables.ts'
import { rereadTlsFiles, type TlsFiles } from './tls-files.ts'

/** Options of the client that reaches ClickHouse. */
export type ClickHouseConnection = {
  /** Without login, path and parameters. */
  readonly url: string
  readonly pathname?: string
  readonly username: string
  readonly password: string
  readonly max_open_connections: number
  readonly http_agent?: Agent
  readonly http_headers?: Readonly<Record<string, string>>
  readonly set_basic_auth_header?: boolean
}

/**
 * How a client reaches ClickHouse: the path of the address is that of a proxy, not a database. Files of TLS are read again at each
 * connection, so renewed certificates need no restart. A user without a password logs in by the client certificate.
 * @param connections how many may be open at once; default 10
 */
export function clickHouseConnection(
  { url: address, username, password }: ClickHouseLogin,
  tls: ClickHouseTlsSettings = withoutFiles,
  connections = 10,
): ClickHouseConnection {
  const { origin, pathname, protocol } = new URL(address)
  const path = pathname.replace(/\/+$/, '')
  const byCertificate = tls.CLICKHOUSE_TLS_CERT !== '' && password === '' && username !== 'default'
  return {
    ...{ url: origin, username, password, max_open_connections: connections },
    ...(path === '' ? {} : { pathname: path }),
    ...(protocol === 'https:' ? { http_agent: new RereadingAgent(tls, connections) } : {}),
    ...(byCertificate ? { http_headers: certificateLogin(username), set_basic_auth_header: false } : {}),
  }
}

/** The same of an environment. @throws ConfigError */
export function readClickHouseConnection(env: Environment): ClickHouseConnection {
  const { values, problems } = readVariables(Type.Object(clickHouseVariables), env)
  throwIfInvalid([...problems, ...clickHouseProblems(values)])
  return clickHouseConnection(clickHouseLogin(values), values)
}

const withoutFiles = {
  CLICKHOUSE_TLS_KEY_PASSWORD: '',
  CLICKHOUSE_TLS_CA: '',
  CLICKHOUSE_TLS_CERT: '',
  CLICKHOUSE_TLS_KEY: '',
}

const certificateLogin = (username: string) => ({
  'X-ClickHouse-User': username,
  'X-ClickHouse-SSL-Certificate-Auth': 'on',
})

type Created = ReturnType<Agent['createConnection']>

class RereadingAgent extends Agent {
  readonly #files: () => TlsFiles

  constructor(tls: ClickHouseTlsSettings, maxSockets: number) {
    super({ keepAlive: true, maxSockets })
    this.#files = rereadTlsFiles('CLICKHOUSE', tls)
  }

  override createConnection(options: AgentOptions, callback?: (error: Error | null, stream: Duplex) => void): Created {
    return super.createConnection({ ...options, ...this.#files() }, callback)
  }
}
