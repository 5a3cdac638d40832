import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clickHousePart } from '../../src/parts/clickhouse-part.ts'
import { freePort } from '../../src/ports/free-port.ts'
import { type SupervisedProcess, superviseProcess } from '../../src/process/supervised-process.ts'

export interface ClickHouseUnderTest {
  readonly url: string
  readonly home: string
  readonly process: SupervisedProcess
  close(): Promise<void>
}

/** The engine behind its front in a process and a folder of its own. */
export async function startClickHouse(env: NodeJS.ProcessEnv = {}): Promise<ClickHouseUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'headwater clickhouse-'))
  const port = await freePort()
  const part = clickHousePart({ home, port, env: { ...process.env, ...env } })
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
    url: `http://127.0.0.1:${port}`,
    home,
    process: supervised,
    async close() {
      await supervised.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
