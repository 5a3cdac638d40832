import { expect, test } from 'vitest'
import { retryAfterMs } from '../../../src/transports/http/retry-after.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['0', 0],
  ['2', 2_000],
  [' 1.5 ', 1_500],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
])('%s is %d ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})

test.each([null, '', 'soon', '-5x'])('%s is not a delay', (header) => {
  expect(retryAfterMs(header, now)).toBeUndefined()
})
