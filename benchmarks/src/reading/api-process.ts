import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort, type StackAddresses } from '@headwater/local'
import { eventually } from '@headwater/testing'

export type ApiProcess = { readonly url: string; stop(): Promise<void> }

/** The built API as a process, ready to serve `database`, whose tables must exist soon. */
export async function startApi(stack: StackAddresses, database: string): Promise<ApiProcess> {
  const port = await freePort()
  const main = fileURLToPath(new URL('../../../services/api/dist/main.js', import.meta.url))
  const address = { CLICKHOUSE_URL: stack.clickhouseUrl, CLICKHOUSE_DATABASE: database, API_PORT: String(port) }
  const api = spawn(process.execPath, [main], {
    env: { ...process.env, ...address, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  async function stop(): Promise<void> {
    const gone = once(api, 'exit')
    api.kill('SIGTERM')
    await gone
  }
  try {
    await eventually(async () => {
      if (!(await fetch(`${url}/readyz`)).ok) throw new Error('The API is not ready')
    }, 60_000)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}
