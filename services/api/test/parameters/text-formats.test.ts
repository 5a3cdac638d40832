import { assetKeyProblem, parseDuration, parsePointInTime } from '@headwater/lineage'
import { holdsFor } from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { assetParameters } from '../../src/parameters/key-parameters.ts'
import { momentParameters, viewParameters } from '../../src/parameters/moment-parameters.ts'
import { everyRead } from '../../src/parameters/read-query.ts'
import { parsePositions } from '../../src/position/log-position.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const app = await buildApp({ store: createInMemoryStore([]) })
afterAll(() => app.close())

it.each([
  ['/assets?q=%00', 'q'],
  ['/assets?prefix=s3://a%00', 'prefix'],
  ['/jobs?jobNamespace=%00', 'jobNamespace'],
  ['/job?jobNamespace=a&jobName=b%00c', 'jobName'],
  ['/columns/lineage?key=s3://a/b&column=%00', 'column'],
  ['/runs/a%00', 'id'],
])('NUL is refused in every parameter: %s', async (path, parameter) => {
  const answer = await app.inject({ method: 'GET', url: `/api/v1${path}` })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'INVALID_PARAMETER', parameter, detail: expect.stringContaining('NUL') })
})

describe('what a pattern in openapi.json allows is accepted:', () => {
  it.each([
    ['asOf', momentParameters.asOf, (text: string) => parsePointInTime(text, 0) !== undefined],
    ['seenWithin', viewParameters.seenWithin, (text: string) => parseDuration(text) !== undefined],
    ['waitFor', everyRead.waitFor, (text: string) => parsePositions(text) !== undefined],
    ['key', assetParameters.key, (text: string) => assetKeyProblem(text.slice(0, 2_048)) === undefined],
  ])('%s', async (_, schema, isAccepted) => {
    const { pattern = '' } = schema as { pattern?: string }
    const property = fc.asyncProperty(fc.stringMatching(new RegExp(pattern, 'u')), async (text) => {
      expect(isAccepted(text), JSON.stringify(text)).toBe(true)
    })
    await holdsFor(property, 500)
  })
})
