import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { createAccessMetrics } from '../../src/plugin/access-metrics.ts'

it('has labels for a thousand keys at most, so that memory stays bounded', async () => {
  const registry = new Registry()
  const metrics = createAccessMetrics(registry)
  for (let id = 0; id < 1_005; id += 1) metrics.granted({ kind: 'key', id: `key-${id}`, name: 'x', scopes: [] }, 'read')
  metrics.granted({ kind: 'key', id: 'key-3', name: 'x', scopes: [] }, 'read')
  const lines = (await registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('headwater_access_granted_total{'))
  expect(lines).toHaveLength(1_001)
  expect(lines).toContain('headwater_access_granted_total{scope="read",key="other"} 5')
  expect(lines).toContain('headwater_access_granted_total{scope="read",key="key-3"} 2')
})
