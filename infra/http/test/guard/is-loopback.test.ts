import { expect, it } from 'vitest'
import { isLoopback } from '../../src/guard/is-loopback.ts'

it.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
  '%s is reachable from this machine only',
  (host) => expect(isLoopback(host)).toBe(true),
)

it.each([
  '0.0.0.0',
  '::',
  '',
  '128.0.0.1',
  '10.0.0.1',
  '::2',
  '::ffff:10.0.0.1',
  'localhost.example.com',
  '127.0.0.1.example.com',
  '127.1',
])('%s may be reachable from other machines', (host) => expect(isLoopback(host)).toBe(false))
