import { expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'

test('the defaults are the addresses of the local stack', () => {
  expect(loadConfig({})).toMatchObject({
    KAFKA_BROKERS: '127.0.0.1:9092',
    HEADWATER_API_URL: 'http://127.0.0.1:8080',
    folder: expect.stringMatching(/\.headwater.demo$/),
  })
})

test('an API address may end in a slash', () => {
  expect(loadConfig({ HEADWATER_API_URL: 'http://127.0.0.1:9/' }).HEADWATER_API_URL).toBe('http://127.0.0.1:9')
})

test('every invalid variable is named at once', () => {
  const load = () => loadConfig({ CLICKHOUSE_URL: 'nowhere', HEADWATER_API_URL: 'ftp://there' })
  expect(load).toThrow(/CLICKHOUSE_URL.*HEADWATER_API_URL/)
})
