import { expect, it } from 'vitest'
import { formatUtc } from '../../src/terminal/utc.ts'

it.each([
  ['2026-11-01T00:00:00.000Z', '2026-11-01 00:00 UTC'],
  ['2026-11-01T09:30:15.000Z', '2026-11-01 09:30:15 UTC'],
  ['2026-11-01T09:30:00.120Z', '2026-11-01 09:30:00.120 UTC'],
])('%s reads %s', (time, text) => expect(formatUtc(time)).toBe(text))
