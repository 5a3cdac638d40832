import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, eventually, type TestDatabase, testStack } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const start = (env: Record<string, string>) =>
  spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

describe('the process', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('becomes ready on a migrated database, and stops on SIGTERM', async () => {
    const api = start({
      API_PORT: '0',
      CLICKHOUSE_URL: testStack().clickhouseUrl,
      CLICKHOUSE_DATABASE: database.database,
    })
    let log = ''
    api.stdout.on('data', (chunk) => {
      log += chunk
    })
    const url = await eventually(() => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0]
      if (found === undefined) throw new Error(`not listening yet: ${log}`)
      return found
    })
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200)) // a busy machine may delay it
    const assets = await fetch(`${url}/api/v1/assets`)
    expect(await assets.json()).toEqual({
      items: [],
      nextCursor: null,
      facets: { total: 0, platforms: [] },
      position: '',
      lagMs: null,
      completeness: { complete: true, missingRecords: 0, gaps: [] },
    })
    api.kill('SIGTERM')
    expect(await once(api, 'exit')).toEqual([0, null])
  })

  it('reports in one line that its port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const api = start({ API_PORT: String(port), CLICKHOUSE_URL: testStack().clickhouseUrl, LOG_LEVEL: 'silent' })
    const [errors, [code]] = await Promise.all([text(api.stderr), once(api, 'exit')])
    holder.close()
    expect(errors).toBe(
      `headwater api: port ${port} is already in use; stop the process that listens on it, or set API_PORT to another port\n`,
    )
    expect(code).toBe(1)
  })

  it('names all invalid variables in one line', async () => {
    const api = start({ API_PORT: 'x', CLICKHOUSE_URL: 'y', LOG_LEVEL: 'z' })
    const [errors, [code]] = await Promise.all([text(api.stderr), once(api, 'exit')])
    expect(errors).toBe(
      'headwater api: Invalid configuration: API_PORT must be integer; CLICKHOUSE_URL must match pattern "^https?://"; LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent\n',
    )
    expect(code).toBe(1)
  })

  it('refuses in one line to start on a reachable host without authentication', async () => {
    const api = start({ API_PORT: '0', API_HOST: '0.0.0.0', AUTH: '', HEADWATER_KEYS_FILE: '', AUTH_JWKS_URL: '' })
    const [errors, [code]] = await Promise.all([text(api.stderr), once(api, 'exit')])
    expect(errors).toMatch(/^headwater api: [^\n]*HEADWATER_KEYS_FILE or AUTH_JWKS_URL[^\n]*AUTH=off\n$/)
    expect(code).toBe(1)
  })

  it('does not start without the configured keys file', async () => {
    const api = start({ API_PORT: '0', HEADWATER_KEYS_FILE: '/nowhere/keys.json', LOG_LEVEL: 'silent' })
    const [errors, [code]] = await Promise.all([text(api.stderr), once(api, 'exit')])
    expect(errors).toBe('headwater api: /nowhere/keys.json does not exist; create a key with: headwater keys create\n')
    expect(code).toBe(1)
  })
})
