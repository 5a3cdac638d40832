import { expect, it } from 'vitest'
import { AccessError } from '../../src/access-error.ts'
import { bearerOf } from '../../src/plugin/bearer.ts'

it.each(['Bearer abc', 'bearer abc', 'BEARER   abc  '])('finds the credential in %j', (header) => {
  expect(bearerOf(header)).toBe('abc')
})

it.each([
  undefined,
  '',
  'abc',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Basic c2VjcmV0OnNlY3JldA==',
  'Bearerabc',
  'Bearer säcret',
])('refuses %j without repeating it', (header) => {
  const find = () => bearerOf(header)
  expect(find).toThrow(AccessError)
  expect(find).toThrow(expect.objectContaining({ reason: 'no_credentials', status: 401 }))
  expect(find).not.toThrow(/abc|c2Vj|cret/)
})
