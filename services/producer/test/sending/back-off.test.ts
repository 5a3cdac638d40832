import { expect, test } from 'vitest'
import { backOffMs, politeMs } from '../../src/sending/back-off.ts'

test('waits double with each failure up to the longest', () => {
  expect([1, 2, 3, 4, 5, 100].map((failures) => backOffMs(failures, 100, 1_000, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ])
})

test('half of a wait is chance', () => {
  expect(backOffMs(1, 100, 1_000, 0)).toBe(50)
})

test('a wait that the other side asks for is kept, spread a little, and never longer than a minute and a quarter', () => {
  expect(politeMs(200, 2_000, 0)).toBe(2_000)
  expect(politeMs(200, 2_000, 1)).toBe(2_500)
  expect(politeMs(5_000, 2_000, 1)).toBe(5_000)
  expect(politeMs(200, 0, 1)).toBe(200)
  expect(politeMs(200, 86_400_000, 1)).toBe(75_000)
})
