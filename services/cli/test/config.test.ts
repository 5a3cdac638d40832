import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'

describe('the environment', () => {
  it('has a default for every variable that needs one', () => {
    expect(loadConfig({ API_PORT: '' })).toMatchObject({
      API_PORT: 8080,
      KAFKA_PORT: 9092,
      PROJECTOR_METRICS_PORT: 9464,
    })
  })

  it('is refused with every invalid variable', () => {
    const load = () => loadConfig({ API_PORT: 'x', KAFKA_PORT: '70000', CLICKHOUSE_URL: 'c' })
    expect(load).toThrow(/API_PORT.*KAFKA_PORT|KAFKA_PORT.*API_PORT/)
    expect(load).toThrow(/CLICKHOUSE_URL/)
  })

  it('refuses a key that could not be sent, without repeating it', () => {
    const load = () => loadConfig({ HEADWATER_API_KEY: 'hw_secret\n' })
    expect(load).toThrow('HEADWATER_API_KEY')
    expect(load).not.toThrow('secret')
  })
})
