import { eventProblem } from '@headwater/lineage'
import { createDecoder, eventSchemas, eventTypes, type SchemaIds } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { chaosWorld } from '../../../src/chaos/load/chaos-world.ts'
import { encodePlanned } from '../../../src/chaos/load/encode-planned.ts'
import { numberOfEvent, numberOfPoison } from '../../../src/chaos/load/event-number.ts'
import { PlannedLoad } from '../../../src/chaos/load/planned-load.ts'
import { poisonKinds } from '../../../src/chaos/load/planned-record.ts'
import { SeededRandom } from '../../../src/chaos/seeded-random.ts'
import { noon } from '../../../src/events/build-event.ts'

const ids: SchemaIds = { MaterializationEvent: 11, AssetEvent: 12, CheckEvent: 13, JobEvent: 4 }
const world = chaosWorld(new SeededRandom(1, 'world'))

function planned(seed: number, count = 20_000) {
  const load = new PlannedLoad({ seed, world, startedAt: noon, everyMs: 2, partitions: 6 })
  return Array.from({ length: count }, () => load.next())
}

const records = planned(1)
const events = records.flatMap((record) => (record.kind === 'event' ? [record] : []))
const poison = records.flatMap((record) => (record.kind === 'poison' ? [record] : []))

const decoder = createDecoder()
for (const type of eventTypes) decoder.learn(ids[type], eventSchemas[type])

function isEvent(value: Buffer | null): boolean {
  try {
    return value !== null && eventProblem(decoder.decode(value)) === undefined
  } catch {
    return false
  }
}

describe('The load of chaos', () => {
  it('is the same again for the same seed', () => {
    expect(planned(1, 2_000)).toEqual(records.slice(0, 2_000))
    expect(planned(2, 2_000)).not.toEqual(records.slice(0, 2_000))
  })

  it('numbers its records, and each can be told from its bytes', () => {
    expect(records.map(({ number }) => number)).toEqual(records.map((_, index) => index))
    expect(events.map(({ event }) => numberOfEvent(event.event.eventId))).toEqual(events.map(({ number }) => number))
    const keys = poison.map((record) => encodePlanned(record, ids).key)
    expect(keys.map(numberOfPoison)).toEqual(poison.map(({ number }) => number))
    expect(events.map((record) => numberOfPoison(encodePlanned(record, ids).key)).every((n) => n === undefined)).toBe(
      true,
    )
  })

  it('has one to three poison records in a hundred, of every kind, and only those are no events', () => {
    expect(poison.length / records.length).toBeGreaterThan(0.01)
    expect(poison.length / records.length).toBeLessThan(0.03)
    expect(new Set(poison.map((record) => record.poison))).toEqual(new Set(poisonKinds))
    expect(poison.filter((record) => isEvent(encodePlanned(record, ids).value))).toEqual([])
    expect(events.slice(0, 2_000).filter((record) => !isEvent(encodePlanned(record, ids).value))).toEqual([])
  })

  it('has late events, events from the future, drops, checks, shared run ids and ends that contradict each other', () => {
    const offsets = events.map(({ event, number }) => event.event.occurredAt - (noon + number * 2))
    expect(offsets.some((offset) => offset < -3 * 3_600_000)).toBe(true)
    expect(offsets.some((offset) => offset > 600_000)).toBe(true)
    expect(events.some(({ event }) => event.type === 'AssetEvent' && event.event.change === 'DROPPED')).toBe(true)
    expect(events.some(({ event }) => event.type === 'CheckEvent')).toBe(true)
    const [jobs, ends] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()]
    for (const { event } of events) {
      if (event.type !== 'MaterializationEvent') continue
      const { runId, job, state } = event.event
      add(jobs, runId, job.name)
      if (['SUCCEEDED', 'FAILED', 'ABORTED'].includes(state)) add(ends, `${job.namespace}/${job.name}/${runId}`, state)
    }
    expect([...jobs.values()].some(({ size }) => size > 1)).toBe(true)
    expect([...ends.values()].some(({ size }) => size > 1)).toBe(true)
  })
})

function add(sets: Map<string, Set<string>>, name: string, value: string): void {
  sets.set(name, (sets.get(name) ?? new Set()).add(value))
}
