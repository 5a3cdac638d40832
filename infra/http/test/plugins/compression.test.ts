import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { compression } from '../../src/plugins/compression.ts'

const items = Array.from({ length: 200 }, (_, n) => ({ key: `s3://lake/table-${n}` }))
const app = fastify()
await app.register(compression)
app.get('/large', async () => ({ items }))
app.get('/small', async () => ({ items: items.slice(0, 3) }))
const get = (url: string, encodings?: string, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } })

describe('compression', () => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ])('of a large answer for clients that accept %s is %s', async (accepted, encoding, decompress) => {
    const answer = await get('/large', accepted)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers['vary']).toMatch(/accept-encoding/i)
    expect(JSON.parse(decompress(answer.rawPayload).toString())).toEqual({ items })
    expect(answer.rawPayload.length).toBeLessThan(1_000)
  })

  it.each([undefined, 'identity', 'zstd', 'gzip;q=0'])('is left out for clients that accept %s', async (accepted) => {
    const answer = await get('/large', accepted)
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.json()).toEqual({ items })
  })

  it('is left out for small answers', async () => {
    const answer = await get('/small', 'br')
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.headers['content-length']).toBe(String(answer.body.length))
  })

  it('leaves HEAD without a body', async () => {
    for (const url of ['/large', '/small']) {
      const answer = await get(url, 'br', 'HEAD')
      expect(answer).toMatchObject({ statusCode: 200, body: '' })
    }
  })
})
