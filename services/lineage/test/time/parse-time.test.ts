import { describe, expect, it } from 'vitest'
import { latestTime, parseDuration, parsePointInTime, parseTime } from '../../src/time/parse-time.ts'

describe('parseTime', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T09:30Z', '2026-11-01T09:30:00.000Z'],
    ['2026-11-01T09:30:15.5Z', '2026-11-01T09:30:15.500Z'],
    ['2026-11-01T09:30:15.123456Z', '2026-11-01T09:30:15.123Z'],
    ['2026-11-01 09:30:15z', '2026-11-01T09:30:15.000Z'],
    ['2026-11-01T09:30:15+01:00', '2026-11-01T08:30:15.000Z'],
    ['2026-11-01T09:30:15+0100', '2026-11-01T08:30:15.000Z'],
    ['2026-11-01T09:30:15 01:00', '2026-11-01T08:30:15.000Z'],
    ['2026-11-01T09:30:15-05:30', '2026-11-01T15:00:15.000Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(new Date(parseTime(text) ?? Number.NaN).toISOString()).toBe(expected)
  })

  it.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-11-01T09:30:15',
    '2026-11-01T25:00Z',
    '01.11.2026',
    '1793523600000',
  ])('does not accept %j', (text) => expect(parseTime(text)).toBeUndefined())
})

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['45s', 45_000],
    ['90m', 5_400_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['P30D', 2_592_000_000],
    ['PT12H', 43_200_000],
    ['P1DT1H1M1S', 90_061_000],
  ])('reads %s as %i ms', (text, expected) => expect(parseDuration(text)).toBe(expected))

  it.each(['', 'd', '30', '-3d', '1.5h', 'P', 'PT', 'P1M', '3 days'])('does not accept %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('parsePointInTime', () => {
  const now = Date.UTC(2026, 0, 15, 12)
  it.each([
    ['2026-11-01T09:30:00+02:00', Date.UTC(2026, 10, 1, 7, 30)],
    ['2026-11-01 09:30 UTC', Date.UTC(2026, 10, 1, 9, 30)],
    ['2026-11-01', Date.UTC(2026, 10, 1)],
    ['1d', now - 86_400_000],
    ['PT12H', now - 43_200_000],
    ['999999999w', 0],
    ['0001-01-01', 0],
    ['9999-12-31', latestTime],
  ])('reads %s as %i', (text, at) => expect(parsePointInTime(text, now)).toBe(at))

  it.each(['', 'today', '2026-11-01T09:30', '1793523600000', '-1d'])('does not accept %j', (text) =>
    expect(parsePointInTime(text, now)).toBeUndefined(),
  )
})
