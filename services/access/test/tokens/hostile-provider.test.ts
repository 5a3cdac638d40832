import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { jwtVerify } from 'jose'
import { afterEach, expect, it } from 'vitest'
import { createSigningKeys } from '../../src/tokens/signing-keys.ts'
import { signingKey } from './identity-provider.ts'

const key = await signingKey('first')
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serverOf(listener: RequestListener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
}

/** What a verifier does with the answers of `listener`: its warnings, and how the token is refused. */
async function verified(listener: RequestListener, timeoutMs = 5_000) {
  const warnings: string[] = []
  const url = new URL(await serverOf(listener))
  const { keyOf } = createSigningKeys(url, { timeoutMs, pauseMs: 60_000, warn: (line) => void warnings.push(line) })
  const started = performance.now()
  const before = process.memoryUsage().rss
  const result = await jwtVerify(await key.sign(), keyOf).catch((error: unknown) => error)
  const [ms, grownBy] = [performance.now() - started, process.memoryUsage().rss - before]
  return { result, warnings, ms, grownBy }
}

const keySet = (count = 1) =>
  JSON.stringify({ keys: [key.jwk, ...Array.from({ length: count - 1 }, (_, i) => ({ ...key.jwk, kid: `k${i}` }))] })
const away = { reason: 'signing_keys_away', status: 503 }
const json = { 'content-type': 'application/json' }

/** Writes chunks for as long as the reader stays. @returns how many bytes the reader took */
function endless(response: ServerResponse, onBytes: (bytes: number) => void = () => undefined): void {
  const chunk = Buffer.alloc(1 << 16, ' ')
  const write = () => {
    while (!response.destroyed && response.write(chunk)) onBytes(chunk.length)
    if (!response.destroyed) response.once('drain', write)
  }
  write()
}

/** Writes a byte every few milliseconds. */
function dribble(response: ServerResponse): void {
  response.writeHead(200, json).write('{"keys":[')
  const timer = setInterval(() => response.write(' '), 5)
  response.once('close', () => clearInterval(timer))
}

it('accepts keys of a complete answer, also a compressed one', async () => {
  expect((await verified((_, response) => response.writeHead(200, json).end(keySet(100)))).result).toMatchObject({
    payload: { sub: 'ada' },
  })
  const gzipped = (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(keySet()))
  expect((await verified(gzipped)).result).toMatchObject({ payload: { sub: 'ada' } })
})

it('stops reading a large body at 1 MiB', async () => {
  const { result, warnings } = await verified((_, response) =>
    response.writeHead(200, json).end(`${keySet()}${' '.repeat(1 << 20)}`),
  )
  expect(result).toMatchObject(away)
  expect(warnings).toEqual([
    'Failed to load the signing keys from AUTH_JWKS_URL: the answer has more than 1048576 bytes',
  ])
})

it('closes the connection of an endless body, whatever its declared length', async () => {
  let sent = 0
  const { result, ms } = await verified((_, response) => {
    response.writeHead(200, { ...json, 'content-length': '999999999999' })
    endless(response, (bytes) => (sent += bytes))
  })
  expect(result).toMatchObject(away)
  expect(ms).toBeLessThan(4_000)
  expect(sent).toBeLessThan(64 << 20)
})

it('does not inflate a body of a few kilobytes to gigabytes', async () => {
  const bomb = gzipSync(Buffer.alloc(256 << 20, ' '))
  expect(bomb.length).toBeLessThan(1 << 20)
  const { result, warnings, grownBy } = await verified((_, response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb),
  )
  expect(result).toMatchObject(away)
  expect(warnings[0]).toContain('more than 1048576 bytes')
  expect(grownBy).toBeLessThan(128 << 20)
})

it.each([
  ['dribbles its body', dribble],
  ['sends no headers', () => undefined],
])('gives up after the timeout on a provider that %s', async (_, answer) => {
  const { result, warnings, ms } = await verified((_, response) => void answer(response), 200)
  expect(result).toMatchObject(away)
  expect(warnings[0]).toMatch(/^Failed to load the signing keys from AUTH_JWKS_URL: request timed out/)
  expect(ms).toBeLessThan(3_000)
})

it.each([301, 302, 303, 307, 308])('does not follow a redirect (%d), and says where to', async (status) => {
  let asked = 0
  const target = await serverOf((_, response) => {
    asked += 1
    response.writeHead(200, json).end(keySet())
  })
  const { result, warnings } = await verified((_, response) =>
    response.writeHead(status, { location: `${target}?secret=x` }).end('moved'),
  )
  expect(result).toMatchObject(away)
  expect(asked).toBe(0)
  expect(warnings).toEqual([
    `Failed to load the signing keys from AUTH_JWKS_URL: the provider answers ${status} with a redirect to ${target}, which is not followed; set AUTH_JWKS_URL to the final address`,
  ])
})

it('refuses more keys than a provider has, and what is no key set', async () => {
  const warningOf = async (body: string) =>
    (await verified((_, response) => response.writeHead(200, json).end(body))).warnings[0]
  expect(await warningOf(keySet(101))).toContain('the answer has 101 keys; at most 100 are accepted')
  for (const body of ['', '<html>', '[]', '{"keys":{}}', 'null', '{"keys":'])
    expect(await warningOf(body)).toContain('the answer is not a JSON Web Key Set')
})
