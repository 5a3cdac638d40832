import { expect, it } from 'vitest'
import { environmentText, producerEnvironment } from '../../src/doctor/producer-environment.ts'

it('is only the address of the gateway where no key is required', () => {
  expect(producerEnvironment('http://127.0.0.1:8090', false)).toEqual({ OPENLINEAGE_URL: 'http://127.0.0.1:8090' })
})

it('shows how to create a key where one is required', () => {
  const lines = environmentText(producerEnvironment('http://127.0.0.1:8090', true))
  expect(lines).toEqual([
    'To send events from tools that speak OpenLineage, set:',
    '  OPENLINEAGE_URL=http://127.0.0.1:8090',
    '  OPENLINEAGE_API_KEY=<a key from: headwater keys create NAME --scope ingest>',
  ])
})

it('ends with a slash where the gateway has a path, and explains why', () => {
  const environment = producerEnvironment('https://data.example.org/lineage', false)
  expect(new URL('api/v1/lineage', environment.OPENLINEAGE_URL).pathname).toBe('/lineage/api/v1/lineage')
  expect(environmentText(environment).at(-1)).toContain('slash')
})
