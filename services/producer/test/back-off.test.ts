import { expect, test } from 'vitest'
import { backOffMs } from '../src/back-off.ts'

test('waits double with each failure up to the longest', () => {
  expect([1, 2, 3, 4, 5, 100].map((failures) => backOffMs(failures, 100, 1_000, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ])
})

test('half of a wait is chance', () => {
  expect(backOffMs(1, 100, 1_000, 0)).toBe(50)
})
