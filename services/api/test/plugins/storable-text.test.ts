import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const app = await buildApp({ store: createInMemoryStore([]) })
afterAll(() => app.close())

it.each([
  ['/assets?q=%00', 'q'],
  ['/assets?prefix=s3://a%00', 'prefix'],
  ['/jobs?namespace=%00', 'namespace'],
  ['/job?namespace=a&name=b%00c', 'name'],
  ['/columns/lineage?key=s3://a/b&column=%00', 'column'],
  ['/runs/a%00', 'id'],
])('NUL is refused in every parameter: %s', async (path, parameter) => {
  const answer = await app.inject({ method: 'GET', url: `/api/v1${path}` })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'INVALID_PARAMETER', parameter, detail: expect.stringContaining('NUL') })
})
