import { Type } from 'typebox'

/** Variables of who reads or writes the tables, to be spread into a schema. */
export const clickHouseVariables = {
  CLICKHOUSE_URL: Type.String({ default: 'http://127.0.0.1:8123', pattern: '^https?://' }),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
}
