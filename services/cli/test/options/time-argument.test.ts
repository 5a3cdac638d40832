import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { timeArgument } from '../../src/options/time-argument.ts'

const now = Date.UTC(2026, 0, 15, 12)
const timeOf = timeArgument(() => now)

describe('a time on the command line', () => {
  it.each([
    ['2026-11-01T09:30:00Z', '2026-11-01T09:30:00.000Z'],
    ['2026-11-01T09:30:00.123+02:00', '2026-11-01T07:30:00.123Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['3d', '2026-01-12T12:00:00.000Z'],
    ['12h', '2026-01-15T00:00:00.000Z'],
    ['P1DT1H', '2026-01-14T11:00:00.000Z'],
  ])('%s is %s', (text, time) => expect(timeOf(text)).toBe(time))

  it.each(['2026-11-01 09:30 UTC', '2026-11-01 09:30:15.123 UTC'])('can be in the format of answers: %s', (text) =>
    expect(timeOf(text)).toBe(new Date(text).toISOString()),
  )

  it.each([
    ['2026-11-01T09:30', new Date(2026, 10, 1, 9, 30)],
    ['2026-07-01 09:30:15', new Date(2026, 6, 1, 9, 30, 15)],
  ])('without an offset is local: %s', (text, time) => expect(timeOf(text)).toBe(time.toISOString()))

  it.each(['', 'yesterday', '2026-02-30', '2026-02-30T10:00', '2026-11-01T25:00', '3', '3 days', '-3d'])(
    'of an unknown form is refused with the allowed forms: "%s"',
    (text) => {
      expect(() => timeOf(text)).toThrow(InvalidArgumentError)
      expect(() => timeOf(text)).toThrow(/2026-11-01T09:30:00Z, a day .* local time .* time ago/)
    },
  )

  it.each([
    ['999999999w', '1970-01-01T00:00:00.000Z'],
    ['0001-01-01', '1970-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59-12:00', '2286-11-20T17:46:39.999Z'],
  ])('out of range becomes the first or last allowed time: %s', (text, time) => expect(timeOf(text)).toBe(time))
})
