import { shellWord } from '@headwater/config/shell-word'
import type { ClickHouseLogin } from '@headwater/local/home'

/** How to query ClickHouse, with its password, as commands to copy. */
export function clickHouseText(url: string, { username, password }: ClickHouseLogin): readonly string[] {
  const variables = { CLICKHOUSE_URL: url, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password }
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${shellWord(value)}`)
  return [
    '',
    'ClickHouse',
    `  Address   ${url} (HTTP interface)`,
    `  User      ${username}`,
    `  Password  ${password}`,
    '',
    'For services started by hand, and the command below',
    `  export ${assignments.join(' ')}`,
    '  curl --user "$CLICKHOUSE_USER:$CLICKHOUSE_PASSWORD" "$CLICKHOUSE_URL" --data "SHOW TABLES FROM headwater"',
  ]
}
