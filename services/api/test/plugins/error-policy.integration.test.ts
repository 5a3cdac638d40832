import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const app = await buildApp({ store: createInMemoryStore() })
beforeAll(() => app.listen({ host: '127.0.0.1', port: 0 }))
afterAll(() => app.close())

async function answerTo(request: string): Promise<{ status: string; problem: Record<string, unknown> }> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(request)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toContain('content-type: application/problem+json')
  return { status: head.split(' ', 2)[1] ?? '', problem: JSON.parse(body) }
}

describe('a request that is refused before it is routed', () => {
  it('because it is too long is 414', async () => {
    const url = `/api/v1/asset?key=s3://${'x'.repeat(20_000)}`
    const { status, problem } = await answerTo(`GET ${url} HTTP/1.1\r\nhost: x\r\n\r\n`)
    expect(status).toBe('414')
    expect(problem).toMatchObject({ code: 'URL_TOO_LONG', status: 414 })
  })

  it('because it is not HTTP is 400', async () => {
    const { status, problem } = await answerTo('hello\r\n\r\n')
    expect(status).toBe('400')
    expect(problem).toMatchObject({ code: 'MALFORMED_REQUEST' })
  })
})
