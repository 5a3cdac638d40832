import { expect, test } from 'vitest'
import { backOffMs, withRetryAfter } from '../../src/sending/back-off.ts'

test('waits double with each failure up to the maximum', () => {
  expect([1, 2, 3, 4, 5, 100].map((failures) => backOffMs(failures, 100, 1_000, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ])
})

test('half of a wait is random', () => {
  expect(backOffMs(1, 100, 1_000, 0)).toBe(50)
})

test('a Retry-After is kept, spread a little, up to a minute and a quarter', () => {
  expect(withRetryAfter(200, 2_000, 0)).toBe(2_000)
  expect(withRetryAfter(200, 2_000, 1)).toBe(2_500)
  expect(withRetryAfter(5_000, 2_000, 1)).toBe(5_000)
  expect(withRetryAfter(200, 0, 1)).toBe(200)
  expect(withRetryAfter(200, 86_400_000, 1)).toBe(75_000)
})
