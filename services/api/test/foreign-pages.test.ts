import type { Access } from '@headwater/access'
import { buildMaterialization } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const store = createInMemoryStore([buildMaterialization({ outputs: ['s3://lake/orders'] })])
const app = await buildApp({ store })
await app.ready()
const paths = [...new Set(app.routeAccess().map(({ url }) => url.replace(':id', 'x'))), '/nowhere', '/']
const closed = paths.filter((path) => path !== '/livez' && path !== '/readyz')
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'] as const

describe('while access is open', () => {
  it.each(closed)('%s answers names of this machine only, and no page of another site', async (url) => {
    for (const method of methods) {
      const send = (headers: Record<string, string>) => app.inject({ method: method as 'GET', url, headers })
      const rebound = await send({ host: 'evil.example' })
      expect(rebound.statusCode, method).toBe(403)
      if (method !== 'HEAD') expect(rebound.json()).toMatchObject({ code: 'HOST_NOT_ALLOWED' })
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect((await send(headers as Record<string, string>)).statusCode, method).toBe(403)
      }
    }
  })

  it('lets a link open an answer, but no frame, image or script of another site', async () => {
    const open = (dest: string, mode = 'navigate') => {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
      return app.inject({ url: '/api/v1/assets', headers })
    }
    expect((await open('document')).statusCode).toBe(200)
    for (const dest of ['iframe', 'frame', 'object', 'embed']) expect((await open(dest)).statusCode).toBe(403)
    for (const dest of ['image', 'script', 'empty']) expect((await open(dest, 'no-cors')).statusCode).toBe(403)
  })
})

describe('while access is guarded', () => {
  const guardedBy = (anonymousRead: boolean): Access => ({
    ...{ kind: 'guarded', anonymousRead, close: () => undefined },
    verify: () => ({ kind: 'key', id: 'a', name: 'a', scopes: ['read'] }),
  })
  const foreign = [{ host: 'evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]

  it('what needs no credential to read is refused to pages of other sites', async () => {
    const anonymous = await buildApp({ store, access: guardedBy(true) })
    for (const headers of foreign) {
      expect((await anonymous.inject({ url: '/api/v1/assets', headers })).statusCode).toBe(403)
      const withKey = { ...headers, authorization: 'Bearer key' }
      expect((await anonymous.inject({ url: '/api/v1/assets', headers: withKey })).statusCode).toBe(200)
      expect((await anonymous.inject({ url: '/metrics', headers })).statusCode).toBe(200)
    }
  })

  it('everything else is left to authentication', async () => {
    const guarded = await buildApp({ store, access: guardedBy(false) })
    for (const headers of foreign) {
      expect((await guarded.inject({ url: '/api/v1/assets', headers })).statusCode).toBe(401)
      expect((await guarded.inject({ url: '/openapi.json', headers })).statusCode).toBe(200)
    }
  })
})
