import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findAccess } from '../../src/doctor/access-findings.ts'

/** An API and a gateway in one, which require a key; the key `reader` may read. */
async function guarded(isGuarded = true): Promise<string> {
  const server = createServer(({ headers, method }, response) => {
    const key = headers.authorization?.slice('Bearer '.length)
    if (!isGuarded) response.writeHead(method === 'POST' ? 204 : 200).end()
    else if (key === undefined) response.writeHead(401).end('{"detail":"Send an API key"}')
    else if (key === 'reader') response.writeHead(200).end('{}')
    else response.writeHead(403).end('{"detail":"This needs the scope read (has: ingest)"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const findingOf = async (url: string, key?: string) => (await findAccess(url, url, key)).findings

describe('HEADWATER_API_KEY', () => {
  it('passes when it may read', async () => {
    expect(await findingOf(await guarded(), 'reader')).toMatchObject([
      { ok: true, detail: 'HEADWATER_API_KEY may read' },
    ])
  })

  it('fails when it is set and refused, with the reason', async () => {
    expect(await findingOf(await guarded(), 'sender')).toMatchObject([
      { ok: false, needed: true, detail: 'HEADWATER_API_KEY is refused: This needs the scope read (has: ingest)' },
    ])
  })

  it('is missing, without failing, where the API requires one', async () => {
    expect(await findingOf(await guarded())).toMatchObject([
      { ok: false, needed: false, remedy: expect.stringContaining('--scope read') },
    ])
  })

  it('is not mentioned where none is required, or nothing answers', async () => {
    expect(await findingOf(await guarded(false))).toEqual([])
    expect(await findingOf('http://127.0.0.1:1', 'reader')).toEqual([])
    expect(await findingOf(await guarded(false), 'any')).toMatchObject([{ ok: true }])
  })
})

it('reports whether the gateway requires keys, if it answers', async () => {
  const [closed, open, away] = [await guarded(), await guarded(false), 'http://127.0.0.1:1']
  const found = await Promise.all([closed, open, away].map((gateway) => findAccess(away, gateway, undefined)))
  expect(found.map(({ isGatewayGuarded }) => isGatewayGuarded)).toEqual([true, false, undefined])
})
