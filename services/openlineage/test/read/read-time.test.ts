import { describe, expect, it } from 'vitest'
import { readTime } from '../../src/read/read-time.ts'

const noon = Date.UTC(2024, 4, 1, 12)

describe('readTime', () => {
  it.each([
    ['2024-05-01T12:00:00Z', noon],
    ['2024-05-01T12:00:00.000Z', noon],
    ['2024-05-01T12:00:00.123456789Z', noon + 123],
    ['2024-05-01T12:00:00.123456789012Z', noon + 123],
    ['2024-05-01T14:00:00+02:00', noon],
    ['2024-05-01T14:00:00+0200', noon],
    ['2024-05-01T14:00:00+02', noon],
    ['2024-05-01 12:00:00', noon],
    ['2024-05-01T12:00:00.5', noon + 500],
    ['2024-05-01T12:00', noon],
    ['2024-05-01t12:00:00z', noon],
    ['2024-05-01T14:00:00.123456+02:00[Europe/Paris]', noon + 123],
    ['2024-05-01T12:00:00Z[Etc/UTC]', noon],
    ['2024-05-01 12:00:00 UTC', noon],
    ['2024-05-01', noon - 43_200_000],
  ])('reads %s', (text, epochMs) => {
    expect(readTime(text)).toBe(epochMs)
  })

  it.each([
    '',
    'now',
    '1714564800',
    '2024-02-30T00:00:00Z',
    '2024-05-01T25:00:00Z',
    '1969-12-31T00:00:00Z',
    '2024-05-01T14:00:00[Europe/Paris]',
    '9999-01-01T00:00:00Z',
  ])('refuses %j', (text) => {
    expect(readTime(text)).toBeUndefined()
  })
})
