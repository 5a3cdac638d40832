import { describe, expect, it } from 'vitest'
import { maxRecordBytes, tooLargeEvent } from '../src/index.ts'
import { dataset, facet, mapped, runEvent } from './run-event.ts'

const wide = (columns: number) =>
  mapped(
    runEvent({
      outputs: [
        dataset('a', {
          facets: {
            schema: facet({
              fields: Array.from({ length: columns }, (_, n) => ({ name: `c${n}`, description: 'x'.repeat(50) })),
            }),
          },
        }),
      ],
    }),
  ).events

describe('tooLargeEvent', () => {
  it('lets pass a schema of 10,000 columns', () => {
    expect(tooLargeEvent(wide(10_000))).toBeUndefined()
  })

  it('tells which event no broker need take', () => {
    const found = tooLargeEvent(wide(20_000))
    expect(found?.type).toBe('MaterializationEvent')
    expect(found?.bytes).toBeGreaterThan(maxRecordBytes)
  })
})
