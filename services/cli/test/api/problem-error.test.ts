import { describe, expect, it } from 'vitest'
import { problemError } from '../../src/api/problem-error.ts'

const problem = (code: string) => JSON.stringify({ code, detail: 'Some\nthing', title: '', status: 1, type: '' })

describe("the API's refusal", () => {
  it.each([
    [400, 2],
    [401, 1],
    [403, 1],
    [404, 1],
    [504, 1],
    [503, 3],
  ])('of status %i ends with exit code %i', (status, exitCode) => {
    expect(problemError(status, problem('CODE'), false).exitCode).toBe(exitCode)
  })

  it('is one line with its code', () => {
    expect(problemError(404, problem('ASSET_NOT_FOUND'), false).message).toBe('Some thing (ASSET_NOT_FOUND)')
  })

  it('without a problem document has the status', () => {
    expect(problemError(502, '<html>', false).message).toContain('502')
  })

  it.each([
    [401, false, 'A key is missing: set HEADWATER_API_KEY'],
    [401, true, 'the key in HEADWATER_API_KEY'],
    [403, true, 'the key in HEADWATER_API_KEY'],
  ])('of status %i, with a key %s, says how to get a key', (status, hasKey, words) => {
    expect(problemError(status, problem('FORBIDDEN'), hasKey).message).toContain(words)
    expect(problemError(status, '', hasKey).message).toContain(words)
  })

  it('names the scope that the server requires', () => {
    const body = JSON.stringify({ ...JSON.parse(problem('FORBIDDEN')), required: 'admin' })
    expect(problemError(403, body, true).message).toContain('headwater keys create NAME --scope admin')
  })

  it.each(['HOST_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED'])('with %s (403) does not blame the key', (code) => {
    expect(problemError(403, problem(code), false).message).toBe(`Some thing (${code})`)
  })
})
