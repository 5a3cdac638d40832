import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration } from '../../src/terminal/age.ts'

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [93_780_000, '1 d 2 h'],
  ])('of %i ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it('of an age is counted from now, into the future too', () => {
    const now = Date.UTC(2026, 0, 15, 12)
    expect(formatAge('2026-01-15T11:59:00.000Z', now)).toBe('1 min ago')
    expect(formatAge('2026-01-15T12:01:00.000Z', now)).toBe('in 1 min')
    expect(formatAge(null, now)).toBe('-')
  })
})
