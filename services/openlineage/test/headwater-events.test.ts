import { eventProblem } from '@headwater/lineage'
import { encodeEvent } from '@headwater/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headwaterEventsOf, readOpenLineageEvent } from '../src/index.ts'
import { fullEvent } from './helpers/full-event.ts'
import { mutated, steps } from './helpers/mutation.ts'
import { shuffled } from './helpers/shuffled.ts'

const ids = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3, JobEvent: 4 } as const

const mapBody = (body: unknown) => {
  const read = readOpenLineageEvent(body)
  return 'event' in read ? headwaterEventsOf(read.event) : []
}

describe('headwaterEventsOf', () => {
  it('gives the same events, ids included, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(mapBody(shuffled(fullEvent, seed))).toEqual(mapBody(fullEvent))
        expect(JSON.stringify(mapBody(shuffled(fullEvent, seed)))).toBe(JSON.stringify(mapBody(fullEvent)))
      }),
      { numRuns: 30 },
    )
  }, 60_000)

  it('gives valid events that can be encoded, or problems with a pointer, whatever the body', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const read = readOpenLineageEvent(mutated(fullEvent, changes))
        if ('problems' in read) {
          expect(read.problems.length).toBeGreaterThan(0)
          for (const { pointer, detail } of read.problems) {
            expect(pointer).toMatch(/^(\/.*)?$/)
            expect(detail).not.toBe('')
          }
          return
        }
        for (const event of headwaterEventsOf(read.event)) {
          expect(eventProblem(event)).toBeUndefined()
          expect(encodeEvent(event, ids).length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('gives each event its own id, and another body other ids', () => {
    const one = mapBody(fullEvent).map(({ event }) => event.eventId)
    const other = mapBody({ ...fullEvent, eventTime: '2024-05-02T00:00:00Z' }).map(({ event }) => event.eventId)
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length)
    expect(one.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    )
  })
})
