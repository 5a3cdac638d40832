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

/** The address and login that the variables name, as options of a ClickHouse client. */
export const clickHouseLogin = (settings: ClickHouseSettings) => ({
  url: settings.CLICKHOUSE_URL,
  username: settings.CLICKHOUSE_USER,
  password: settings.CLICKHOUSE_PASSWORD,
})
