import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClickHouseLogin } from '../../src/home/clickhouse-login.ts'
import { clickHousePart } from '../../src/parts/clickhouse-part.ts'
import { freePort } from '../../src/ports/free-port.ts'
import { type SupervisedProcess, superviseProcess } from '../../src/process/supervised-process.ts'

export interface ClickHouseUnderTest {
  /** With user and password. */
  readonly url: string
  readonly address: string
  readonly password: string
  readonly home: string
  readonly process: SupervisedProcess
  close(): Promise<void>
}

/** The engine behind its front in a process and a folder of its own. */
export async function startClickHouse(env: NodeJS.ProcessEnv = {}): Promise<ClickHouseUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'headwater clickhouse-'))
  const port = await freePort()
  const login = makeClickHouseLogin(home, {})
  const part = clickHousePart({ home, port, login, env: { ...process.env, ...env } })
  const supervised = superviseProcess({
    name: part.name,
    command: part.command,
    args: part.args,
    env: part.env,
    logFile: join(home, 'clickhouse.log'),
    check: part.check,
    readyWithinMs: 30_000,
    stopWithinMs: 5_000,
  })
  await supervised.start()
  return {
    url: `http://${login.username}:${login.password}@127.0.0.1:${port}`,
    address: `http://127.0.0.1:${port}`,
    password: login.password,
    home,
    process: supervised,
    async close() {
      await supervised.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
