import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'

describe('the configuration', () => {
  it('needs no variables for the embedded stack', () => {
    expect(loadConfig({ PATH: '/bin', KAFKA_BROKERS: '' })).toMatchObject({
      KAFKA_BROKERS: '127.0.0.1:9092',
      CLICKHOUSE_URL: 'http://127.0.0.1:8123',
      PROJECTOR_METRICS_HOST: '127.0.0.1',
    })
  })

  it('reads numbers and booleans', () => {
    expect(loadConfig({ PROJECTOR_METRICS_PORT: '0', KAFKA_SSL: 'true' })).toMatchObject({
      PROJECTOR_METRICS_PORT: 0,
      KAFKA_SSL: true,
    })
  })

  it('names every invalid variable, and no value', () => {
    const wrong = { PROJECTOR_METRICS_PORT: 'secret', CLICKHOUSE_DATABASE: 'a-b', CLICKHOUSE_URL: 'localhost' }
    const error = (() => {
      try {
        loadConfig(wrong)
      } catch (caught) {
        return caught as Error & { code: string }
      }
      return undefined
    })()
    expect(error?.code).toBe('INVALID_CONFIG')
    for (const name of Object.keys(wrong)) expect(error?.message).toContain(name)
    expect(error?.message).not.toContain('secret')
  })
})
