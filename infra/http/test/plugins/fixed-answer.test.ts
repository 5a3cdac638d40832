import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { fixedAnswer } from '../../src/plugins/fixed-answer.ts'

it('answers 304 to a cache that has the body', async () => {
  let made = 0
  const app = fastify()
  fixedAnswer(app, { url: '/fixed', headers: { 'content-type': 'text/plain' }, body: () => `body ${++made}` })
  const first = await app.inject('/fixed')
  expect(first).toMatchObject({ statusCode: 200, body: 'body 1' })
  expect(first.headers['cache-control']).toBe('no-cache')
  const etag = String(first.headers['etag'])
  for (const known of [etag, `"x", ${etag}`]) {
    const again = await app.inject({ url: '/fixed', headers: { 'if-none-match': known } })
    expect(again).toMatchObject({ statusCode: 304, body: '' })
    expect(again.headers['etag']).toBe(etag)
  }
  expect((await app.inject({ url: '/fixed', headers: { 'if-none-match': '"x"' } })).body).toBe('body 1')
})
