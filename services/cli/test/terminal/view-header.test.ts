import { describe, expect, it } from 'vitest'
import { createStyle } from '../../src/terminal/style.ts'
import { viewHeader } from '../../src/terminal/view-header.ts'

const asOf = '2026-11-01T00:00:00.000Z'
const knownAt = '2026-11-02T09:30:00.000Z'

describe('the header of an answer', () => {
  it.each([
    [{ asOf }, 'As of 2026-11-01 00:00 UTC'],
    [{ knownAt, edgeChoice: 'current' }, 'As known at 2026-11-02 09:30 UTC'],
    [
      { asOf, knownAt, edgeChoice: 'ever' },
      'As of 2026-11-01 00:00 UTC, as known at 2026-11-02 09:30 UTC; edges of any success',
    ],
    [
      { asOf: null, knownAt: null, edgeChoice: 'seenWithin', seenSince: asOf },
      'Edges of any success since 2026-11-01 00:00 UTC',
    ],
  ] as const)('of %j says what it is about', (view, text) =>
    expect(viewHeader(view, createStyle(false))).toEqual([text, '']),
  )

  it('is missing for the current graph', () =>
    expect(viewHeader({ asOf: null, knownAt: null, edgeChoice: 'current' }, createStyle(false))).toEqual([]))
})
