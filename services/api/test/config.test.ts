import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'

describe('configuration', () => {
  it('works without any variable', () => {
    expect(loadConfig({})).toMatchObject({ API_HOST: '127.0.0.1', API_PORT: 8080, CLICKHOUSE_DATABASE: 'headwater' })
  })

  it('reads its own variables and ignores all others', () => {
    const config = loadConfig({ API_PORT: '0', LOG_LEVEL: 'debug', HOME: '/root', CLICKHOUSE_USER: '' })
    expect(config).toMatchObject({ API_PORT: 0, LOG_LEVEL: 'debug', CLICKHOUSE_USER: 'default' })
    expect(config).not.toHaveProperty('HOME')
  })

  it('reports every invalid variable at once, without its value', () => {
    const wrong = {
      API_PORT: 'secret1',
      CLICKHOUSE_URL: 'secret2',
      CLICKHOUSE_DATABASE: 'a-b',
      LOG_LEVEL: 'loud',
      API_AUTHORITY_ALIASES: 'secret3',
      GATEWAY_TRIM_PARTITIONS: 'secret4',
    }
    const load = () => loadConfig(wrong)
    for (const name of Object.keys(wrong)) expect(load).toThrow(name)
    expect(load).not.toThrow(/secret|loud/)
  })

  it('listens on other interfaces only with keys, tokens or an explicit AUTH=off', () => {
    const elsewhere = { API_HOST: '0.0.0.0' }
    expect(() => loadConfig({ ...elsewhere, API_PORT: 'x' })).toThrow(/API_PORT must be integer; .*HEADWATER_KEYS_FILE/)
    expect(loadConfig({ ...elsewhere, AUTH: 'off' }).access).toMatchObject({
      kind: 'open',
      warnings: [expect.stringContaining('AUTH=off')],
    })
    const keys = loadConfig({ ...elsewhere, HEADWATER_KEYS_FILE: '/keys.json', AUTH_ANONYMOUS_READ: 'true' })
    expect(keys.access).toMatchObject({ kind: 'guarded', keysFile: '/keys.json', anonymousRead: true })
  })

  it('requires no authentication by default', () => {
    expect(loadConfig({}).access).toEqual({ kind: 'open', warnings: [] })
  })
})
