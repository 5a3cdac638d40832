import { Type } from 'typebox'
import { readTlsFiles, type TlsSettings, tlsVariables } from './tls-files.ts'

/** The variables for the connection to ClickHouse, to be spread into a schema. */
export const clickHouseVariables = {
  CLICKHOUSE_URL: Type.String({ default: 'http://127.0.0.1:8123', pattern: '^https?://' }),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  ...tlsVariables('CLICKHOUSE'),
}

export type ClickHouseTlsSettings = TlsSettings<'CLICKHOUSE'>

export type ClickHouseSettings = ClickHouseTlsSettings & {
  readonly CLICKHOUSE_URL: string
  readonly CLICKHOUSE_USER: string
  readonly CLICKHOUSE_PASSWORD: string
}

export type ClickHouseLogin = { readonly url: string; readonly username: string; readonly password: string }

/**
 * The address and login that the variables name. A login in the address has precedence, and is not part of the `url` returned, which
 * may be printed. Its path is that of a proxy.
 */
export function clickHouseLogin(settings: Omit<ClickHouseSettings, keyof ClickHouseTlsSettings>): ClickHouseLogin {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password } = settings
  const url = URL.parse(CLICKHOUSE_URL)
  if (url === null || (url.username === '' && url.password === '')) return { url: CLICKHOUSE_URL, username, password }
  const given = { username: decodeURIComponent(url.username) || username, password: decodeURIComponent(url.password) }
  url.username = ''
  url.password = ''
  return { url: url.href, ...given }
}

/** One sentence for each variable that cannot be used as it is, or beside the others. */
export function clickHouseProblems(settings: ClickHouseSettings): readonly string[] {
  const problems: string[] = []
  const url = URL.parse(settings.CLICKHOUSE_URL)
  const isHttp = /^https?:\/\//.test(settings.CLICKHOUSE_URL) // what is not is reported with its pattern
  if (url === null && isHttp) {
    problems.push('CLICKHOUSE_URL must be an address such as https://clickhouse.example.com:8443')
  }
  if (url !== null && (url.search !== '' || url.hash !== '')) {
    problems.push(
      'CLICKHOUSE_URL must have no parameters after ? or #: set CLICKHOUSE_DATABASE, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, and settings in the profile of the user',
    )
  }
  const tls = readTlsFiles('CLICKHOUSE', settings, problems)
  if (tls !== undefined && url?.protocol === 'http:') {
    problems.push('CLICKHOUSE_URL must begin with https:// when CLICKHOUSE_TLS_CA, _CERT or _KEY is set')
  }
  return problems
}
