import { EventLog, type RecordedEvent } from '@headwater/lineage'
import { foldReference, noon, randomMoment, randomWorld, referenceDiff } from '@headwater/testing/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const momentsInOrder = fc.tuple(randomMoment, randomMoment).map((moments) => moments.sort((a, b) => a - b))
const question = fc.tuple(randomWorld('w'), momentsInOrder, fc.option(randomMoment, { nil: undefined }))
const kindsOf = (world: readonly RecordedEvent[], from = 0, to = 0, knownAt: number | undefined) => {
  const { added, removed } = referenceDiff(world, from, to, knownAt)
  return [...added.map(({ cause }) => `added ${cause.kind}`), ...removed.map(({ cause }) => `removed ${cause.kind}`)]
}

describe('Random worlds', () => {
  it('reach every cause of a change often', () => {
    const kinds = fc
      .sample(question, { numRuns: 300, seed: 1 })
      .flatMap(([world, [from, to], knownAt]) => [...new Set(kindsOf(world, from, to, knownAt))])
    const times = (kind: string) => kinds.filter((other) => other === kind).length
    const declared = ['added declared', 'removed undeclared']
    for (const kind of ['added run', 'added restored', 'removed run', 'removed dropped', ...declared]) {
      expect(times(kind), kind).toBeGreaterThan(10)
    }
  })

  it('have a cause for each change', () => {
    fc.assert(fc.property(question, ([world, [from, to], knownAt]) => void kindsOf(world, from, to, knownAt)))
  })

  it('fold at a moment like the events that count then, in any order', () => {
    fc.assert(
      fc.property(question, ([world, [asOf = noon], knownAt = noon + 9_000]) => {
        const known = world.filter(({ event, recordedAt }) => event.event.occurredAt <= asOf && recordedAt <= knownAt)
        const folded = foldReference(new EventLog(world), { asOf, knownAt })
        expect(folded.edges('ever')).toEqual(foldReference(known.toReversed()).edges('ever'))
      }),
    )
  })

  it('have unique ids, equal for equal steps', () => {
    const idsOf = (prefix: string) =>
      fc
        .sample(randomWorld(prefix), { numRuns: 5, seed: 2 })
        .flatMap((world) => world.map((of) => of.event.event.eventId))
    const ids = new Set(idsOf('v'))
    expect([...ids]).toEqual([...new Set(idsOf('v'))])
    expect(idsOf('u').filter((id) => ids.has(id))).toEqual([])
  })

  it('are sorted by recording time, with late arrivals, events from the future and redeliveries', () => {
    const worlds = fc.sample(randomWorld('w'), { numRuns: 20, seed: 3 })
    const records = worlds.flat()
    expect(worlds.every((world) => world.every((of, i) => of.recordedAt >= (world[i - 1]?.recordedAt ?? 0)))).toBe(true)
    expect(records.some(({ event, recordedAt }) => event.event.occurredAt > recordedAt)).toBe(true)
    expect(records.some(({ event, recordedAt }) => event.event.occurredAt < recordedAt)).toBe(true)
    expect(records.length).toBeGreaterThan(new Set(records.map(({ event }) => event)).size)
  })
})
