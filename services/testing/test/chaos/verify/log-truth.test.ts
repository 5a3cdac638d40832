import { describe, expect, it } from 'vitest'
import { encodePlanned } from '../../../src/chaos/load/encode-planned.ts'
import { eventIdOf } from '../../../src/chaos/load/event-number.ts'
import type { PlannedRecord } from '../../../src/chaos/load/planned-record.ts'
import { truthOf } from '../../../src/chaos/verify/log-truth.ts'
import { buildMaterialization } from '../../../src/events/build-event.ts'
import { schemaIds } from '../../../src/events/records-of.ts'

const event = (number: number): PlannedRecord => ({
  ...{ kind: 'event', number, partition: null },
  event: buildMaterialization({ eventId: eventIdOf(1, number), inputs: ['s3://in'], outputs: ['s3://out'] }),
})
const poison = (number: number): PlannedRecord => ({ ...event(number), kind: 'poison', poison: 'unknown schema' })

const logOf = (planned: readonly PlannedRecord[]) =>
  planned.map((record, offset) => {
    const { key, value } = encodePlanned(record, schemaIds)
    return { topic: 'log', partition: 0, offset, key: Buffer.from(key), value, recordedAt: 1_000 + offset }
  })

describe('What the log says', () => {
  it('is each event once, recorded when it first was, and the positions of poison', () => {
    const truth = truthOf(logOf([event(1), poison(2), event(3), event(1), poison(2)]), schemaIds)
    expect(truth.events.map(({ recordedAt }) => recordedAt)).toEqual([1_000, 1_002])
    expect([...truth.poison]).toEqual(['log:0:1', 'log:0:4'])
    expect([...truth.numbers]).toEqual([1, 2, 3])
    expect([truth.runEvents, truth.duplicates]).toEqual([2, 2])
  })

  it('is no matter of what the projector refuses: an event that does not decode is an error', () => {
    const [record] = logOf([event(1)])
    expect(() => truthOf([{ ...record!, value: record!.value!.subarray(0, 20) }], schemaIds)).toThrow()
  })
})
