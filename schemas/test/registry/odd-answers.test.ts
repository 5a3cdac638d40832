import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectSchemaRegistry, SchemaRegistryError } from '../../src/index.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answer: Answer
const requests: string[] = []
const server = createServer((request, response) => {
  requests.push(`${request.method} ${request.url}`)
  request.resume()
  answer(request, response)
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/registry`
})
beforeEach(() => void requests.splice(0))
afterAll(() => void server.close())

const json =
  (status: number, body: object): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const raw =
  (status: number, headers: Record<string, string>, body = ''): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

async function problem(ask: 'register' | 'schemaOf' | 'hasTopic', given: Answer): Promise<string> {
  answer = given
  const registry = connectSchemaRegistry({ url: url.replace('//', '//user:secret@') })
  const asking = ask === 'schemaOf' ? registry.schemaOf(7) : registry[ask]('t')
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SchemaRegistryError)) return `none: ${String(error)}`
  expect(error.message).not.toContain('secret')
  return `${error.code}: ${error.message}`
}

describe('an answer that is none of a registry', () => {
  const signIn = raw(200, { 'content-type': 'text/html' }, '<html>Sign in</html>')

  it.each(['register', 'schemaOf', 'hasTopic'] as const)(
    'is named with what was asked and what came: %s',
    async (ask) => {
      expect(await problem(ask, signIn)).toMatch(
        /^REGISTRY_UNAVAILABLE: (GET|POST) http:.*answers 200 with no JSON \(text\/html\): is it a sign-in page/,
      )
      expect(await problem(ask, raw(302, { location: 'https://sso.example.com/login?x=1' }))).toMatch(
        /answers 302, a redirect to https:\/\/sso.example.com\/login, as sign-in pages do: set SCHEMA_REGISTRY_URL/,
      )
      expect(await problem(ask, raw(200, {}))).toMatch(/answers 200 with no JSON \(no content type\)/)
      expect(await problem(ask, json(200, { status: 'UP' }))).toMatch(
        /answers 200 with JSON that is none of a registry/,
      )
      expect(await problem(ask, raw(404, { 'content-type': 'text/html' }, 'not here'))).toMatch(
        /^REGISTRY_UNAVAILABLE: .*answers 404, no JSON .*check the path in SCHEMA_REGISTRY_URL, which is \/apis\/ccompat\/v7/,
      )
      expect(await problem(ask, json(404, { error: 'Not Found', path: '/x' }))).toMatch(
        /^REGISTRY_UNAVAILABLE: .*check the path/,
      )
      expect(await problem(ask, json(401, { message: 'no' }))).toMatch(
        /^SCHEMA_REFUSED: .*answers 401 \(no\). Check SCHEMA_REGISTRY_USERNAME and _PASSWORD/,
      )
      expect(await problem(ask, raw(403, {}))).toMatch(/^SCHEMA_REFUSED: .*answers 403/)
      expect(await problem(ask, json(503, { message: 'starting' }))).toMatch(
        /^REGISTRY_UNAVAILABLE: .*answers 503 \(starting\)/,
      )
    },
  )

  it('is told from a schema that the registry does not have', async () => {
    expect(await problem('schemaOf', json(404, { error_code: 40403, message: 'Schema not found' }))).toBe(
      'SCHEMA_NOT_FOUND: Schema id 7 is not in the registry',
    )
  })
})

describe('a registry that may only be read', () => {
  const absent = json(404, { error_code: 40401, message: 'Subject not found' })
  const level = json(200, { compatibilityLevel: 'BACKWARD' })

  it('is not written when it has the schemas, and the command for their compatibility is named', async () => {
    answer = (request, response) => {
      if (request.method === 'PUT') json(403, { message: 'read only' })(request, response)
      else if (request.method === 'GET') level(request, response)
      else json(200, { id: 3, version: 1 })(request, response)
    }
    const warnings: string[] = []
    const ids = await connectSchemaRegistry({ url }).register('t', (text) => warnings.push(text))
    expect(ids).toMatchObject({ AssetEvent: 3 })
    expect(requests.filter((request) => request.endsWith('/versions'))).toEqual([])
    expect(warnings[0]).toContain('is BACKWARD, and the registry refuses to change it (403)')
    expect(warnings[0]).toContain('{"compatibility":"FULL_TRANSITIVE"}')
  })

  it('is named with the command when it lacks a schema', async () => {
    const readOnly: Answer = (request, response) =>
      request.url?.endsWith('/versions')
        ? json(422, { error_code: 42205, message: 'Subject t is in read-only mode' })(request, response)
        : absent(request, response)
    expect(await problem('register', readOnly)).toMatch(/^SCHEMA_REFUSED: .*read-only mode.*"mode":"READWRITE"/)
  })
})

it('is asked again soon when it fails once', async () => {
  let failures = 2
  answer = (request, response) =>
    failures-- > 0 ? raw(500, {})(request, response) : json(200, { schema: '"string"' })(request, response)
  expect(await connectSchemaRegistry({ url }).schemaOf(1)).toBe('"string"')
})
