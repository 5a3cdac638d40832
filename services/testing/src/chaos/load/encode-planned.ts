import { encodeEvent, type HeadwaterEvent, messageKey, type SchemaIds } from '@headwater/schemas'
import { poisonKeyOf } from './event-number.ts'
import type { PlannedRecord, PoisonKind } from './planned-record.ts'

export type KafkaRecord = { readonly key: string; readonly value: Buffer | null; readonly partition?: number }

/** The record as bytes. */
export function encodePlanned(planned: PlannedRecord, ids: SchemaIds): KafkaRecord {
  const place = planned.partition === null ? {} : { partition: planned.partition }
  if (planned.kind === 'event') {
    return { key: messageKey(planned.event), value: encodeEvent(planned.event, ids), ...place }
  }
  return {
    key: poisonKeyOf(planned.number),
    value: poisonValue(planned.poison, planned.event, planned.number, ids),
    ...place,
  }
}

/** No registry gives out ids this large. */
const firstUnknownId = 2_000_000_000

function poisonValue(poison: PoisonKind, event: HeadwaterEvent, number: number, ids: SchemaIds): Buffer | null {
  switch (poison) {
    case 'empty':
      return null
    case 'garbage':
      return Buffer.from(`{"this is":"not Avro","number":${number}}`)
    case 'cut': {
      const whole = encodeEvent(event, ids)
      return whole.subarray(0, Math.floor(whole.length * 0.6))
    }
    case 'invalid':
      return encodeEvent(invalid(event, number), ids)
    case 'unknown schema': {
      const value = encodeEvent(event, ids)
      value.writeUInt32BE(firstUnknownId + (number % 3), 1)
      return value
    }
    default:
      return poison satisfies never
  }
}

/** An event that decodes and breaks a rule of the domain. */
function invalid(typed: HeadwaterEvent, number: number): HeadwaterEvent {
  if (typed.type !== 'MaterializationEvent') return typed
  const { event } = typed
  switch (number % 3) {
    case 0:
      return { ...typed, event: { ...event, occurredAt: -1 } }
    case 1:
      return { ...typed, event: { ...event, inputs: [{ key: 'no uri', properties: null }] } }
    default:
      return { ...typed, event: { ...event, job: { ...event.job, name: '' } } }
  }
}
