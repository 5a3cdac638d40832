import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClickHouseUnderTest, startClickHouse } from './clickhouse-under-test.ts'

let server: ClickHouseUnderTest
beforeAll(async () => {
  server = await startClickHouse({ ALLOWED_HOSTS: 'tables.example' })
})
afterAll(() => server?.close())

type Sent = { readonly method?: string; readonly path?: string; readonly headers?: Record<string, string> }

/** `fetch` does not send a Host or Sec-Fetch-Site of one's choice. */
function send({ method = 'GET', path = '/', headers = {} }: Sent): Promise<{ status: number; body: string }> {
  const { port } = new URL(server.address)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers }, async (response) =>
      resolve({ status: response.statusCode ?? 0, body: await text(response) }),
    )
      .once('error', reject)
      .end()
  })
}

/** Sends bytes and returns the first line of the answer. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(server.address).port), '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      answer += chunk
      socket.end()
    })
    socket.once('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''))
    socket.once('error', reject)
  })
}

const asked = (headers: Record<string, string> = {}) =>
  send({ path: `/?query=SELECT+1&password=${server.password}`, headers })

describe('a request that a web page can make, with the password or not', () => {
  test.each([
    ['an image', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
    ['a link', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['a rebound name', { Host: 'evil.example' }],
    ['a name that begins like one of this machine', { Host: 'localhost.evil.example' }],
    ['the address that binds all', { Host: '0.0.0.0' }],
  ])('is refused on every path: %s', async (_, headers) => {
    for (const path of ['/', '/ping', '/?query=SELECT+1', `/?query=SELECT+1&password=${server.password}`, '/play']) {
      const { status, body } = await send({ path, headers })
      expect({ path, status }).toEqual({ path, status: 403 })
      expect(body).toMatch(/^Code: 497\. DB::Exception: .* is not allowed.*\(ACCESS_DENIED\)\n$/)
    }
  })

  test.each(['https://evil.example', 'http://localhost:3000', 'null'])('is refused as a form of %s', async (Origin) => {
    const { status } = await send({ method: 'POST', path: `/?password=${server.password}`, headers: { Origin } })
    expect(status).toBe(403)
  })

  test.each(['OPTIONS', 'PUT', 'TRACE', 'DELETE'])('is refused with the method %s', async (method) => {
    expect((await send({ method, path: `/?query=SELECT+1&password=${server.password}` })).status).toBe(501)
  })

  test('is refused with the target of a proxy, and no tunnel opens', async () => {
    const target = `http://evil.example/?query=SELECT+1&password=${server.password}`
    expect(await sendRaw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)).toContain(' 501 ')
    expect(await sendRaw('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).not.toContain(' 200 ')
    const upgrade = 'GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
    expect(await sendRaw(`${upgrade}Origin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\n\r\n`)).toContain(
      ' 403 ',
    )
  })
})

describe('a client', () => {
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST', 'tables.example'])('may name %s', async (name) => {
    expect(await asked({ Host: `${name}:8123` })).toEqual({ status: 200, body: '1\n' })
  })

  test('is asked for the password, in each way that ClickHouse accepts', async () => {
    const { password, address } = server
    const by = async (headers: Record<string, string>, search = '') =>
      (await send({ method: 'POST', path: `/?query=SELECT+1${search}`, headers })).status
    expect(await by({})).toBe(403)
    expect(await by({ 'X-ClickHouse-User': 'bob', 'X-ClickHouse-Key': password })).toBe(403)
    expect(await by({ 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': `${password}x` })).toBe(403)
    expect(await by({ 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': password })).toBe(200)
    expect(await by({ Authorization: `Basic ${btoa(`default:${password}`)}` })).toBe(200)
    expect(await by({}, `&user=default&password=${password}`)).toBe(200)
    const nobody = createClient({ url: address, log: { level: ClickHouseLogLevel.OFF } })
    await expect(nobody.query({ query: 'SELECT 1' })).rejects.toMatchObject({ type: 'AUTHENTICATION_FAILED' })
    expect(await nobody.ping()).toEqual({ success: true })
    await nobody.close()
  })

  test('is told nothing of the password by an error', async () => {
    expect((await send({ path: '/?query=SELECT+1&password=guess' })).body).not.toContain(server.password)
  })
})
