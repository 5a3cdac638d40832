import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'

describe('configuration', () => {
  it('works without any variable, for this machine alone and anybody on it', () => {
    expect(loadConfig({ HOME: '/root' })).toMatchObject({
      ...{ GATEWAY_HOST: '127.0.0.1', GATEWAY_PORT: 8090, GATEWAY_OPENLINEAGE_TOPIC: 'openlineage.events' },
      ...{ access: { kind: 'open', warnings: [] }, trim: [] },
    })
  })

  it('reads no topic of OpenLineage where its name is empty', () => {
    expect(loadConfig({ GATEWAY_OPENLINEAGE_TOPIC: '', GATEWAY_GROUP: '' })).toMatchObject({
      GATEWAY_OPENLINEAGE_TOPIC: '',
      GATEWAY_GROUP: 'headwater-gateway',
    })
  })

  it('names every variable that is wrong at once, and no value', () => {
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
