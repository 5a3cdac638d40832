import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'

describe('configuration', () => {
  it('works without variables, on 127.0.0.1 with open access', () => {
    expect(loadConfig({ HOME: '/root' })).toMatchObject({
      ...{ GATEWAY_HOST: '127.0.0.1', GATEWAY_PORT: 8090, GATEWAY_OPENLINEAGE_TOPIC: 'openlineage.events' },
      ...{ access: { kind: 'open', warnings: [] }, trim: [] },
    })
  })

  it('consumes no OpenLineage topic when its name is empty', () => {
    expect(loadConfig({ GATEWAY_OPENLINEAGE_TOPIC: '', GATEWAY_GROUP: '' })).toMatchObject({
      GATEWAY_OPENLINEAGE_TOPIC: '',
      GATEWAY_GROUP: 'headwater-gateway',
    })
  })

  it('names every invalid variable at once, and no value', () => {
    const wrong = {
      GATEWAY_PORT: 'secret1',
      GATEWAY_DEADLINE_MS: '5',
      GATEWAY_TRIM_PARTITIONS: '= secret2 =',
      KAFKA_SASL_MECHANISM: 'secret3',
      LOG_LEVEL: 'loud',
    }
    const load = () => loadConfig({ ...wrong, GATEWAY_HOST: '0.0.0.0' })
    for (const name of [...Object.keys(wrong), 'HEADWATER_KEYS_FILE']) expect(load).toThrow(name)
    expect(load).not.toThrow(/secret1|secret3|loud/)
  })
})
