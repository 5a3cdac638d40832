import { expect, it } from 'vitest'
import { isEnough, scopes } from '../src/scope.ts'

it('a scope includes itself, and admin includes every scope', () => {
  for (const needed of scopes) {
    expect(isEnough([needed], needed)).toBe(true)
    expect(isEnough(['admin'], needed)).toBe(true)
    expect(isEnough([], needed)).toBe(false)
  }
  expect(isEnough(['ingest'], 'read')).toBe(false)
  expect(isEnough(['read'], 'ingest')).toBe(false)
  expect(isEnough(['read', 'ingest'], 'admin')).toBe(false)
})
