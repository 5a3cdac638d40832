import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '@headwater/local'
import { eventually, testStack } from '@headwater/testing'

/** Starts the built read API on a database. */
export async function startApi(database: string) {
  const url = `http://127.0.0.1:${await freePort()}`
  const main = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url))
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      API_PORT: new URL(url).port,
      CLICKHOUSE_URL: testStack().clickhouseUrl,
      CLICKHOUSE_DATABASE: database,
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  })
  await eventually(async () => {
    if (!(await fetch(`${url}/readyz`)).ok) throw new Error('the API is not ready')
  }, 60_000)
  return {
    url,
    async stop() {
      const gone = once(child, 'exit')
      if (child.kill('SIGTERM')) await gone
    },
  }
}
