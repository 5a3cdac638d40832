import { join } from 'node:path'
import { clickHouseConnection } from '@headwater/config'
import { type ClickHouseLogin, loginVariables } from '../home/clickhouse-login.ts'
import { processScript } from '../process/process-script.ts'
import { checkClickHouse } from './checks.ts'
import type { Part } from './part.ts'

export type ClickHousePartOptions = {
  readonly home: string
  readonly port: number
  readonly login: ClickHouseLogin
  readonly env: NodeJS.ProcessEnv
}

/** The ClickHouse engine in a process of its own, behind ClickHouse's HTTP interface. */
export function clickHousePart({ home, port, login, env }: ClickHousePartOptions): Part {
  return {
    name: 'clickhouse',
    command: process.execPath,
    args: [...processScript('clickhouse-process'), join(home, 'clickhouse'), '127.0.0.1', String(port)],
    // A running statement holds a thread of libuv's pool, which carries files, compression and cancelling too.
    env: { ...env, ...loginVariables(login), UV_THREADPOOL_SIZE: '40' },
    prepare: async () => undefined,
    check: () => checkClickHouse(clickHouseConnection({ url: `http://127.0.0.1:${port}`, ...login })),
  }
}
