import { buildAssetEvent, buildCheckEvent, buildMaterialization } from '@headwater/testing/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createDecoder,
  encodeEvent,
  eventSchemas,
  type HeadwaterEvent,
  schemaIdOf,
  schemaMismatches,
} from '../src/index.ts'

const ids = { MaterializationEvent: 11, AssetEvent: 12, CheckEvent: 70_000, JobEvent: 14 }

function decoder() {
  const made = createDecoder()
  for (const type of ['MaterializationEvent', 'AssetEvent', 'CheckEvent'] as const)
    made.learn(ids[type], eventSchemas[type])
  return made
}
const plain = (event: HeadwaterEvent) => JSON.parse(JSON.stringify(event)) as unknown

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const event = fc.oneof(
  fc
    .record({
      runId: text,
      occurredAt: fc.integer({ min: 0, max: 2 ** 52 }),
      startedAt: fc.option(fc.nat()),
      error: fc.option(text),
      metadata: fc.dictionary(text, text),
      inputs: fc.array(text, { maxLength: 5 }),
    })
    .map(
      (parts): HeadwaterEvent =>
        buildMaterialization({
          ...parts,
          outputs: [
            {
              key: 's3://o',
              inputs: parts.inputs,
              metrics: { rows: 1.5 },
              schema: [{ name: 'id', type: null, description: null }],
            },
          ],
        }),
    ),
  text.map((key): HeadwaterEvent => buildAssetEvent({ key, change: 'TAGGED', tags: [key] })),
  text.map((key): HeadwaterEvent => buildCheckEvent({ key, check: { name: key, status: 'WARN' } })),
)

describe('the codec', () => {
  it('decodes what it encoded', () => {
    fc.assert(
      fc.property(event, (original) => {
        const payload = encodeEvent(original, ids)
        expect(schemaIdOf(payload)).toBe(ids[original.type])
        expect(plain(decoder().decode(payload))).toEqual(plain(original))
      }),
    )
  })

  it('keeps a map entry called __proto__', () => {
    const metadata = JSON.parse('{"__proto__": "1", "constructor": "2"}') as Record<string, string>
    const decoded = decoder().decode(encodeEvent(buildMaterialization({ metadata }), ids))
    expect(Object.entries((decoded.event as { metadata: object }).metadata)).toEqual(Object.entries(metadata))
  })

  it('never makes an event of changed bytes without saying so', () => {
    const payload = encodeEvent(buildMaterialization({ outputs: ['s3://o'] }), ids)
    for (let length = 0; length < payload.length; length++) {
      expect(() => decoder().decode(payload.subarray(0, length))).toThrow(
        expect.objectContaining({ name: 'CodecError', retryable: false }),
      )
    }
  })

  it.each([
    ['NOT_FRAMED', Buffer.from([1, 0, 0, 0, 11, 0])],
    ['NOT_FRAMED', Buffer.from([0, 0])],
    ['UNKNOWN_SCHEMA', Buffer.from([0, 0, 0, 0, 99, 0])],
    ['UNDECODABLE', Buffer.concat([encodeEvent(buildCheckEvent({ key: 's3://a', check: {} }), ids), Buffer.from('!')])],
  ])('refuses %s', (code, payload) => {
    expect(() => decoder().decode(payload)).toThrow(expect.objectContaining({ code }))
  })

  it('reads what a later version writes: an added field is skipped, a new symbol becomes the default', () => {
    const later = JSON.parse(eventSchemas.CheckEvent) as {
      fields: { name: string; type: { fields: { type: { symbols: string[] } }[] } }[]
    }
    later.fields.push({ name: 'confidence', type: 'double', default: 1 } as never)
    const status = later.fields.find(({ name }) => name === 'check')?.type.fields[3]?.type
    status?.symbols.push('FLAKY')
    const reading = createDecoder()
    reading.learn(5, JSON.stringify(later))
    const [head, flaky] = [
      encodeEvent(buildCheckEvent({ key: 's3://a', check: { status: 'SKIPPED' } }), { ...ids, CheckEvent: 5 }),
      6,
    ]
    const at = head.lastIndexOf(10) // SKIPPED is symbol 5, written as zigzag 10
    const written = Buffer.concat([head, Buffer.alloc(8)])
    written[at] = flaky * 2
    expect(reading.decode(written)).toMatchObject({ type: 'CheckEvent', event: { check: { status: 'UNKNOWN' } } })
  })

  it('says which record a schema is when it is no event', () => {
    const reading = createDecoder()
    reading.learn(5, JSON.stringify({ type: 'record', name: 'Order', namespace: 'shop', fields: [] }))
    expect(() => reading.decode(Buffer.from([0, 0, 0, 0, 5]))).toThrow('Schema id 5 is shop.Order, not an event')
  })

  it('names the fields that do not fit when encoding', () => {
    const wrong = { ...buildMaterialization().event, runId: 7, state: 'DONE' }
    expect(schemaMismatches('MaterializationEvent', wrong)).toEqual(['runId', 'state'])
    expect(() => encodeEvent({ type: 'MaterializationEvent', event: wrong as never }, ids)).toThrow('runId, state')
  })
})

describe("a writer's schema that cannot be read", () => {
  type Field = { name: string; type: string | { fields: Field[] } }
  const reasonOf = (change: (fields: Field[]) => void): string => {
    const schema = JSON.parse(eventSchemas.MaterializationEvent) as { fields: Field[] }
    change(schema.fields)
    const decoder = createDecoder()
    decoder.learn(1, JSON.stringify(schema))
    try {
      decoder.decode(Buffer.from([0, 0, 0, 0, 1]))
    } catch (error) {
      return (error as Error).message
    }
    return 'read'
  }
  const named = (fields: Field[], name: string) => fields.find((field) => field.name === name) as Field

  it('is refused with the field', () => {
    const withoutRunId = reasonOf((fields) => {
      named(fields, 'runId').name = 'run'
    })
    expect(withoutRunId).toBe('Schema id 1 cannot be read: field runId is missing')
    const numberedJobs = reasonOf((fields) => {
      named((named(fields, 'job').type as { fields: Field[] }).fields, 'name').type = 'long'
    })
    expect(numberedJobs).toBe('Schema id 1 cannot be read: field job.name: cannot read "long" as "string"')
  })
})
