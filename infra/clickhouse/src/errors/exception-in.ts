import { parseError } from '@clickhouse/client'

const longest = 20_000

/**
 * ClickHouse's exception at the end of a body that began as a 200, which it writes on a line of its own; since version 25.11 between
 * marks. Within JSON, line ends are escaped, so no value looks like it.
 */
export function exceptionIn(body: string): Error | undefined {
  const text = /(?:^|\n)(Code: \d+\. DB::Exception: .*)/s.exec(body.slice(-longest))?.[1]
  return text === undefined ? undefined : parseError(text.split('\r\n__exception__', 1)[0] ?? text)
}
