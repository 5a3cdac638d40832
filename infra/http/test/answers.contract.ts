import { createHash } from 'node:crypto'
import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'

type Server = FastifyInstance & { routeAccess(): readonly { readonly method: string; readonly url: string }[] }

/** What both servers hold on every path: safe headers, every method known, HEAD as GET, and pages that are safe and whose links work. */
export function describeAnswers(app: Server): void {
  const routes = app.routeAccess().map(({ method, url }) => ({ method, url: url.replace(':id', 'x') }))
  const known = new Map<string, string[]>()
  for (const { method, url } of routes) known.set(url, [...(known.get(url) ?? []), method])
  const send = (method: string, url: string) => app.inject({ method: method as 'GET', url })

  describe.each([...known])('%s', (url, methods) => {
    it('has headers that limit what pages can do with an answer', async () => {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'TRACE']) {
        const { headers } = await send(method, url)
        expect(headers, method).toMatchObject({
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        })
        expect(headers['cache-control'], method).toMatch(/^no-store$|^no-cache$|^max-age=86400$/)
      }
    })

    it('knows every method that Node can parse', () => {
      expect([...new Set(methods)].sort()).toEqual(METHODS.filter((method) => method !== 'CONNECT').sort())
    })

    it('answers 405 with Allow to what it does not support, never 404', async () => {
      for (const method of ['TRACE', 'PROPFIND', 'PATCH', 'PUT', 'OPTIONS', 'M-SEARCH']) {
        const { statusCode, headers } = await send(method, url)
        expect(statusCode, method).toBe(405)
        expect(String(headers['allow']).split(', ')).not.toContain(method)
      }
    })

    it('answers HEAD as GET, without the body', async () => {
      const [get, head] = [await send('GET', url), await send('HEAD', url)]
      expect(head.statusCode).toBe(get.statusCode)
      expect(head.body).toBe('')
      expect(head.headers['content-type']).toBe(get.headers['content-type'])
    })
  })

  describe.each(['/', '/docs'])('the page %s', (url) => {
    it('loads nothing, runs nothing and cannot be framed', async () => {
      const { headers, body } = await send('GET', url)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
      const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(body) ?? []
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
    })

    it('has links that work', async () => {
      const { body } = await send('GET', url)
      const links = [...body.matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
      expect(links.length).toBeGreaterThan(1)
      for (const link of links) expect((await send('GET', link)).statusCode, link).toBe(200)
      const anchors = [...body.matchAll(/href="#([^"]*)"/g)].map(([, id = '']) => decodeURI(id))
      for (const anchor of anchors) expect(body).toContain(`id="${anchor}"`)
    })
  })
}
