import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { portsToStart, requireFreePorts } from '../../src/stack/stack-ports.ts'

describe('the ports of a start', () => {
  it('exclude those of parts that run elsewhere', () => {
    const config = loadConfig({ KAFKA_BROKERS: 'k:9092', CLICKHOUSE_URL: 'http://c:8123' })
    expect(portsToStart(config)).toEqual(['API_PORT', 'REGISTRY_PORT', 'PROJECTOR_METRICS_PORT', 'GATEWAY_PORT'])
  })

  it('must differ', async () => {
    const config = loadConfig({ API_PORT: '18080', REGISTRY_PORT: '18080' })
    await expect(requireFreePorts(config)).rejects.toThrow('API_PORT and REGISTRY_PORT are both 18080')
  })
})
