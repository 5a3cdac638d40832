import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ownPagesOnly } from '@headwater/http/guard'
import { Counter, Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveMetrics } from '../src/metrics-server.ts'

const registry = new Registry()
new Counter({ name: 'folded_total', help: 'For this test', registers: [registry] })
let server: Server
let problem: string | undefined
beforeAll(async () => {
  server = await serveMetrics({ registry, host: '127.0.0.1', port: 0, problem: () => problem, guard: ownPagesOnly })
})
afterAll(async () => {
  server.close()
  await once(server, 'close')
})

const answerTo = (method: string, path: string, ...headers: readonly string[]) => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`${[`${method} ${path} HTTP/1.1`, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`)
  return text(socket)
}

it('is ready while records are taken, and alive in any case', async () => {
  expect(await answerTo('GET', '/readyz', 'Host: localhost')).toMatch(/^HTTP\/1.1 200 /)
  problem = 'retrying since 2026-09-01T10:00:00.000Z: Kafka is not available: sasl.password=hunter2'
  const answer = await answerTo('GET', '/readyz', 'Host: localhost')
  expect(answer).toMatch(/^HTTP\/1.1 503 /)
  expect(answer).toContain('retrying since 2026-09-01T10:00:00.000Z: Kafka is not available: sasl.password=***')
  expect(await answerTo('GET', '/livez', 'Host: localhost')).toMatch(/^HTTP\/1.1 200 /)
})

describe('the metrics of the projector', () => {
  it('are answered under names of this machine, for no cache and no other site', async () => {
    for (const host of ['127.0.0.1:9464', 'localhost']) {
      const answer = await answerTo('GET', '/metrics', `Host: ${host}`)
      expect(answer).toMatch(/^HTTP\/1.1 200 /)
      expect(answer).toContain('folded_total 0')
      expect(answer).toMatch(/x-content-type-options: nosniff/)
      expect(answer).toMatch(/cache-control: no-store/)
    }
  })

  it.each([
    ['GET', '/metrics', 'Host: evil.example', 'HOST_NOT_ALLOWED'],
    ['POST', '/nowhere', 'Host: 10.0.0.1:9464', 'HOST_NOT_ALLOWED'],
    ['GET', '/metrics', 'Host: localhost\r\nOrigin: https://evil.example', 'ORIGIN_NOT_ALLOWED'],
    ['GET', '/', 'Host: localhost\r\nSec-Fetch-Site: cross-site', 'ORIGIN_NOT_ALLOWED'],
  ])('%s %s with %j is refused', async (method, path, headers, code) => {
    const answer = await answerTo(method, path, headers)
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    expect(answer).toMatch(/x-content-type-options: nosniff/)
    expect(answer).toContain(code)
  })

  it('leave /livez open to probes by address', async () => {
    expect(await answerTo('GET', '/livez', 'Host: 10.0.0.1')).toMatch(/^HTTP\/1.1 200 (.|\s)*ok\n$/)
  })

  it('are read with GET and HEAD only', async () => {
    const head = await answerTo('HEAD', '/metrics', 'Host: localhost')
    expect(head).toMatch(/^HTTP\/1.1 200 /)
    expect(head).not.toContain('folded_total')
    for (const method of ['POST', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      expect(await answerTo(method, '/metrics', 'Host: localhost')).toMatch(/^HTTP\/1.1 405 (.|\s)*allow: GET, HEAD/)
    }
    expect(await answerTo('GET', '/nowhere', 'Host: localhost')).toMatch(/^HTTP\/1.1 404 /)
  })
})
