import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { start } from '../../src/plugins/start.ts'

const content = {
  title: 'A service <b>',
  lead: 'It does "this" & that',
  links: [{ href: '/docs', text: 'all operations' }],
  examples: (self: string) => [{ title: 'Try', command: `curl ${self}/x --data '{"a":1}'` }],
  notes: ['A note'],
}
const app = fastify()
await app.register(start, { content })

describe('the first page', () => {
  it('is HTML without script, which nothing can frame or extend', async () => {
    const { headers, body } = await app.inject('/')
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-frame-options': 'DENY' })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(body).not.toMatch(/<script| on\w+=|javascript:| style=/)
    for (const element of ['<header>', '<main>', '<h1>', '<nav aria-label=', '<title>']) expect(body).toContain(element)
    expect(body).toContain('<h1>A service &lt;b&gt;</h1>')
    expect(body).toContain('<a href="/docs">/docs</a> all operations')
  })

  it.each([
    ['localhost:8080', 'curl http://localhost:8080/x'],
    ['[::1]:8080', 'curl http://[::1]:8080/x'],
    ['lineage.example.com', 'curl http://lineage.example.com/x'],
    ["a';reboot;'", 'curl http://127.0.0.1:'],
    ['<script>', 'curl http://127.0.0.1:'],
    ['$(reboot)', 'curl http://127.0.0.1:'],
  ])('shows commands with the Host %s, if it is plain', async (host, expected) => {
    const { body } = await app.inject({ url: '/', headers: { host } })
    expect(body).toContain(expected)
    expect(body).not.toMatch(/reboot|<script/)
  })

  it('shows https behind a proxy that terminates TLS', async () => {
    const headers = { host: 'lineage.example.com', 'x-forwarded-proto': 'https' }
    expect((await app.inject({ url: '/', headers })).body).toContain('curl https://lineage.example.com/x')
  })

  it('is JSON with the same links for programs that ask for it', async () => {
    const answer = await app.inject({ url: '/', headers: { accept: 'application/json', host: 'localhost:8080' } })
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', vary: 'Accept' })
    expect(answer.json()).toEqual({
      name: 'A service <b>',
      description: 'It does "this" & that',
      links: [{ href: 'http://localhost:8080/docs', title: 'all operations' }],
    })
    const browser = { accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8' }
    expect((await app.inject({ url: '/', headers: browser })).headers['content-type']).toMatch('text/html')
  })
})

it('keeps what other plugins vary by', async () => {
  const crossOrigin = fastify()
  crossOrigin.addHook('onRequest', async (_, reply) => void reply.header('vary', 'Origin'))
  await crossOrigin.register(start, { content })
  expect((await crossOrigin.inject('/')).headers['vary']).toBe('Origin, Accept')
})

it('answers /favicon.ico without an error', async () => {
  expect((await app.inject('/favicon.ico')).statusCode).toBe(204)
})
