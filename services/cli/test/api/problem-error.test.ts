import { describe, expect, it } from 'vitest'
import { problemError } from '../../src/api/problem-error.ts'

const problem = (code: string) => JSON.stringify({ code, detail: 'Some\nthing', title: '', status: 1, type: '' })

describe("the API's refusal", () => {
  it.each([
    [400, 2],
    [404, 1],
    [504, 1],
    [503, 3],
  ])('of status %i ends with exit code %i', (status, exitCode) => {
    expect(problemError(status, problem('CODE')).exitCode).toBe(exitCode)
  })

  it('is one line with its code', () => {
    expect(problemError(404, problem('ASSET_NOT_FOUND')).message).toBe('Some thing (ASSET_NOT_FOUND)')
  })

  it('without a problem document still says what happened', () => {
    expect(problemError(502, '<html>').message).toContain('502')
  })
})
