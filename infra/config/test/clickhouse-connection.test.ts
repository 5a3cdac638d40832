import { expect, it } from 'vitest'
import { ConfigError, readClickHouseConnection } from '../src/index.ts'

const of = (CLICKHOUSE_URL: string, more: Record<string, string> = {}) =>
  readClickHouseConnection({ CLICKHOUSE_URL, ...more })

it('takes the path of the address as that of a proxy, and the login out of it', () => {
  expect(of('http://reader:s%2Fp@ch.example:8123/store/clickhouse/')).toEqual({
    ...{ url: 'http://ch.example:8123', pathname: '/store/clickhouse', max_open_connections: 10 },
    ...{ username: 'reader', password: 's/p' },
  })
  expect(of('http://ch.example:8123/')).not.toHaveProperty('pathname')
})

it.each(['http://ch.example:8123/?database=x', 'http://ch.example:8123?ch_readonly=1', 'http://ch.example/#x'])(
  'refuses parameters, and says where they belong: %s',
  (url) => expect(() => of(url)).toThrow(/CLICKHOUSE_URL must have no parameters.*CLICKHOUSE_DATABASE/),
)

it('refuses files of TLS for an address without TLS', () => {
  expect(() => of('http://ch.example:8123', { CLICKHOUSE_TLS_CA: '/nowhere.pem' })).toThrow(ConfigError)
})

it('limits the connections of https as well', () => {
  expect(of('https://ch.example:8443').http_agent?.maxSockets).toBe(10)
})
