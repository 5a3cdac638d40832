import { expect, it } from 'vitest'
import { environmentText, producerEnvironment } from '../../src/doctor/producer-environment.ts'

it('is the address of the gateway alone where nobody is asked for a key', () => {
  expect(producerEnvironment('http://127.0.0.1:8090', false)).toEqual({ OPENLINEAGE_URL: 'http://127.0.0.1:8090' })
})

it('tells how to get a key where one is asked for', () => {
  const lines = environmentText(producerEnvironment('http://127.0.0.1:8090', true))
  expect(lines).toEqual([
    'Tools that speak OpenLineage send their events with:',
    '  OPENLINEAGE_URL=http://127.0.0.1:8090',
    '  OPENLINEAGE_API_KEY=<a key from: headwater keys create NAME --scope ingest>',
  ])
})

it('ends with a slash where the gateway is below a path, and says why', () => {
  const environment = producerEnvironment('https://data.example.org/lineage', false)
  expect(new URL('api/v1/lineage', environment.OPENLINEAGE_URL).pathname).toBe('/lineage/api/v1/lineage')
  expect(environmentText(environment).at(-1)).toContain('slash')
})
