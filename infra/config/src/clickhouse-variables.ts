import { Type } from 'typebox'

/** The variables for the connection to ClickHouse, to be spread into a schema. */
export const clickHouseVariables = {
  CLICKHOUSE_URL: Type.String({ default: 'http://127.0.0.1:8123', pattern: '^https?://' }),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
}

type ClickHouseSettings = {
  readonly CLICKHOUSE_URL: string
  readonly CLICKHOUSE_USER: string
  readonly CLICKHOUSE_PASSWORD: string
}

/**
 * The address and login that the variables name, as options of a ClickHouse client. A login in the address has precedence, and is
 * not part of the `url` returned, which may be printed.
 */
export function clickHouseLogin(settings: ClickHouseSettings) {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password } = settings
  const url = URL.parse(CLICKHOUSE_URL)
  if (url === null || (url.username === '' && url.password === '')) return { url: CLICKHOUSE_URL, username, password }
  const given = { username: decodeURIComponent(url.username) || username, password: decodeURIComponent(url.password) }
  url.username = ''
  url.password = ''
  return { url: url.href, ...given }
}
