import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../../src/chaos/questions/first-difference.ts'

describe('The first difference', () => {
  it('is none between equal values, whatever the order of names', () => {
    expect(firstDifference({ a: 1, b: [null, 'x'] }, { b: [null, 'x'], a: 1 })).toBeUndefined()
  })

  it('names the place, and what was expected there', () => {
    expect(firstDifference({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe('a.0.b is 1, expected 2')
    expect(firstDifference('not found', { a: 1 })).toBe('the answer is "not found", expected {"a":1}')
    expect(firstDifference({ a: null }, {})).toBe('a is null, expected missing')
  })

  it('shows the items by which two lists differ in length', () => {
    expect(firstDifference({ a: [1, 2] }, { a: [1] })).toBe('a has 2 items, expected 1; not expected [2], missing []')
  })
})
