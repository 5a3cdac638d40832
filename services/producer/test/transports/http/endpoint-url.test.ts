import { expect, test } from 'vitest'
import { endpointUrl } from '../../../src/transports/http/endpoint-url.ts'

test.each([
  ['http://host:8090', 'http://host:8090/api/v1/events'],
  ['http://host:8090/', 'http://host:8090/api/v1/events'],
  ['https://host/prefix', 'https://host/prefix/api/v1/events'],
  ['https://host/prefix//', 'https://host/prefix/api/v1/events'],
  ['http://host/api/v1/events', 'http://host/api/v1/events'],
  ['http://host/prefix/api/v1/events/', 'http://host/prefix/api/v1/events'],
  ['http://host/?tenant=a#part', 'http://host/api/v1/events?tenant=a'],
])('%s is %s', (url, endpoint) => {
  expect(endpointUrl(url, 'api/v1/events')?.href).toBe(endpoint)
  expect(endpointUrl(url, '/api/v1/events/')?.href).toBe(endpoint)
})

test.each(['', 'host:8090', 'kafka://host', 'http://user:secret@host', 'http://'])(
  '%s is refused as an endpoint',
  (url) => {
    expect(endpointUrl(url, 'api/v1/events')).toBeUndefined()
  },
)
