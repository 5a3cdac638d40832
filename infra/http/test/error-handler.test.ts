import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { type ErrorPolicy, errorHandler } from '../src/error-handler.ts'
import { ProblemError } from '../src/problem-error.ts'
import { refuseOtherMethods } from '../src/refuse-other-methods.ts'

const busy = { code: 'BUSY', status: 503, title: 'Busy', retryable: true }
const teapot = { code: 'TEAPOT', status: 418, title: 'Teapot', retryable: false }
const policy: ErrorPolicy = {
  methods: ['GET'],
  ofFastify: ({ statusCode }) => (statusCode === 418 ? new ProblemError(teapot, 'short and stout', {}) : undefined),
  ofConnection: () => undefined,
  notFoundHint: (method) => `${method} elsewhere`,
  isLogged: () => false,
  retryAfterSeconds: () => 7,
}

async function answerTo(error: Error) {
  const app = fastify()
  await app.register(errorHandler, policy)
  app.get('/', () => {
    throw error
  })
  return app.inject('/')
}

describe('the error handler', () => {
  it('answers a ProblemError with its document, facts included', async () => {
    const answer = await answerTo(new ProblemError(busy, 'one moment', { waiting: 3 }))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.headers['retry-after']).toBe('7')
    expect(answer.json()).toEqual({
      ...{ type: 'urn:headwater:problem:busy', title: 'Busy', status: 503, detail: 'one moment', code: 'BUSY' },
      waiting: 3,
    })
  })

  it('lets the service translate errors of fastify', async () => {
    const answer = await answerTo(Object.assign(new Error('I am a teapot'), { statusCode: 418 }))
    expect(answer.json()).toMatchObject({ status: 418, code: 'TEAPOT' })
  })

  it.each([
    [400, 400, 'MALFORMED_REQUEST'],
    [413, 413, 'BODY_TOO_LARGE'],
    [422, 400, 'MALFORMED_REQUEST'],
    [undefined, 500, 'INTERNAL'],
  ])('answers an error of status %s with %d %s and no Retry-After', async (statusCode, status, code) => {
    const answer = await answerTo(Object.assign(new Error('secret?'), { statusCode }))
    expect(answer.json()).toMatchObject({ status, code })
    expect(answer.headers).not.toHaveProperty('retry-after')
    if (status === 500) expect(answer.body).not.toContain('secret')
  })

  it('answers 404 with the path and the hint of the service', async () => {
    const app = fastify()
    await app.register(errorHandler, policy)
    const answer = await app.inject({ method: 'PUT', url: '/nowhere?token=1' })
    expect(answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail: '"/nowhere" not found; PUT elsewhere' })
  })
})

it('answers 405 with Allow to methods that a path does not support', async () => {
  const app = fastify()
  await app.register(errorHandler, policy)
  const hint = (method: string) => (method === 'POST' ? 'try /b' : undefined)
  refuseOtherMethods(app, { url: '/a', allowed: ['PUT'], config: {}, hint })
  const [post, get] = [await app.inject({ method: 'POST', url: '/a' }), await app.inject('/a')]
  expect(post.headers['allow']).toBe('PUT')
  expect(post.json()).toMatchObject({ status: 405, detail: 'POST is not allowed here; allowed: PUT; try /b' })
  expect(get.json().detail).toBe('GET is not allowed here; allowed: PUT')
})
