import { encodeEvent, headerLength, type MaterializationEvent, type RunState } from '@headwater/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '../../../src/fold/repeats/avro-bytes.ts'
import type { MapSpan } from '../../../src/fold/repeats/map-bytes.ts'
import { MaterializationView } from '../../../src/fold/repeats/materialization-view.ts'

const ids = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3, JobEvent: 4 }
const encode = (event: MaterializationEvent) => encodeEvent({ type: 'MaterializationEvent', event }, ids)

const text = fc.string({ unit: fc.constantFrom(...'abc/:_-1 '), maxLength: 200 })
const key = fc.constantFrom('s3://a', 's3://b/c', 'postgres://host/db/schema/table', '')
const time = fc.option(fc.integer({ min: 0, max: 2 ** 47 }))
const reference = fc.option(fc.record({ jobNamespace: text, jobName: text, runId: text }))
const states: readonly RunState[] = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']
/** Of an entry; not like a number, which JavaScript would move to the front. */
const name = fc.string({ unit: fc.constantFrom(...'abc/:_- ü'), maxLength: 20 })
const properties = fc.option(
  fc.record({
    ...{ name: fc.option(text), description: fc.option(text), url: fc.option(text) },
    owners: fc.option(fc.array(text, { maxLength: 2 })),
  }),
)
const columnInput = fc.record({
  ...{ key, column: text, transformation: fc.option(text), kind: fc.option(text) },
  ...{ masking: fc.option(fc.boolean()), description: fc.option(text) },
})
const outputs = fc.uniqueArray(
  fc.record({
    key: text,
    inputs: fc.option(fc.array(key, { maxLength: 3 })),
    metrics: fc.dictionary(name, fc.double(), { noNullPrototype: true }),
    properties,
    metadata: fc.dictionary(name, fc.json(), { noNullPrototype: true }),
    schema: fc.option(fc.array(fc.record({ name: text, type: fc.option(text), description: fc.option(text) }))),
    columnLineage: fc.array(fc.record({ column: text, inputs: fc.array(columnInput, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    checks: fc.constant([]),
  }),
  { selector: (output) => output.key, maxLength: 4 },
)
const event: fc.Arbitrary<MaterializationEvent> = fc.record({
  eventId: text,
  occurredAt: fc.integer({ min: 0, max: 2 ** 47 }),
  producer: text,
  runId: text,
  job: fc.record({ namespace: text, name: text, type: fc.option(text) }),
  state: fc.constantFrom(...states),
  startedAt: time,
  nominalStart: time,
  nominalEnd: time,
  parent: reference,
  root: reference,
  by: fc.option(text),
  error: fc.option(text),
  inputs: fc.array(fc.record({ key, properties }), { maxLength: 70 }),
  outputs,
  metadata: fc.dictionary(name, fc.json(), { noNullPrototype: true }),
})

/** What the view shows, read back from the places it found. */
function shownBy(view: MaterializationView): object {
  const at = (place: Span) => view.text(place)
  const lengthAt = (place: number): readonly [length: number, start: number] => {
    let [length, next] = [0, place]
    for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
      byte = view.bytes[next++] as number
      length |= (byte & 0x7f) << shift
    }
    return [length / 2, next]
  }
  const entriesOf = ({ start, count }: MapSpan, areTexts: boolean) => {
    const entries: [string, string | number][] = []
    for (let place = start; entries.length < count; ) {
      const [length, nameStart] = lengthAt(place)
      const end = nameStart + length
      const [size, valueStart] = areTexts ? lengthAt(end) : [8, end]
      place = valueStart + size
      const value = areTexts ? view.bytes.toString('utf8', valueStart, place) : view.bytes.readDoubleLE(end)
      entries.push([view.bytes.toString('utf8', nameStart, end), value])
    }
    return entries
  }
  return {
    ...{ eventId: at(view.eventId), occurredAt: view.occurredAt, producer: at(view.producer), runId: at(view.runId) },
    ...{ namespace: at(view.jobNamespace), name: at(view.jobName), type: at(view.jobType), state: view.state },
    ...{ startedAt: view.startedAt, nominalStart: view.nominalStart, nominalEnd: view.nominalEnd },
    ...{ parent: view.parent.map(at), root: view.root.map(at), by: at(view.by), error: at(view.error) },
    outputs: Array.from({ length: view.outputCount }, (_, index) => {
      const output = view.output(index)
      const { metadata, metrics } = output
      return { key: at(output.key), metadata: entriesOf(metadata, true), metrics: entriesOf(metrics, false) }
    }),
    metadata: entriesOf(view.metadata, true),
    metadataBytes: view.metadata.jsonLength,
  }
}

/** As they are encoded. */
const inOrder = <T>(map: Readonly<Record<string, T>>): readonly [string, T][] =>
  Object.entries(map).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

function shownOf(event: MaterializationEvent): object {
  const entries = inOrder(event.metadata).map(([entry, value]) => `${JSON.stringify(entry)}:${value}`)
  const metadataText = `{${entries.join()}}`
  const { eventId, occurredAt, producer, runId, job, state, startedAt, nominalStart, nominalEnd } = event
  const runOf = (run: MaterializationEvent['parent']) => [run?.jobNamespace ?? '', run?.jobName ?? '', run?.runId ?? '']
  return {
    ...{ eventId, occurredAt, producer, runId, namespace: job.namespace, name: job.name, type: job.type ?? '', state },
    ...{ startedAt, nominalStart, nominalEnd, parent: runOf(event.parent), root: runOf(event.root) },
    ...{ by: event.by ?? '', error: event.error ?? '' },
    outputs: event.outputs.map((output) => ({
      ...{ key: output.key, metadata: inOrder(output.metadata), metrics: inOrder(output.metrics) },
    })),
    metadata: inOrder(event.metadata),
    metadataBytes: metadataText === '{}' ? 0 : Buffer.byteLength(metadataText),
  }
}

const shapeOf = (view: MaterializationView): string =>
  Array.from({ length: view.spanCount }, (_, index) =>
    view.bytes.toString('hex', view.spans[index * 2], view.spans[index * 2 + 1]),
  ).join()

const plain: MaterializationEvent = {
  eventId: 'e',
  occurredAt: 1,
  producer: 'p',
  runId: 'r',
  job: { namespace: 'n', name: 'j', type: null },
  state: 'SUCCEEDED',
  startedAt: null,
  nominalStart: null,
  nominalEnd: null,
  parent: null,
  root: null,
  by: null,
  error: null,
  inputs: [{ key: 's3://a', properties: null }],
  outputs: [],
  metadata: {},
}
const output = {
  key: 's3://o',
  inputs: null,
  properties: null,
  metadata: {},
  metrics: {},
  schema: null,
  columnLineage: [],
  checks: [],
}
const isRead = (event: MaterializationEvent, isTrusted = false) =>
  new MaterializationView().read(encode(event), headerLength, isTrusted)

describe('a view of an encoded event', () => {
  it('shows what was encoded', () => {
    const view = new MaterializationView()
    fc.assert(
      fc.property(event, (original) => {
        expect(view.read(encode(original), headerLength)).toBe(true)
        expect(shownBy(view)).toEqual(shownOf(original))
      }),
      { numRuns: 500 },
    )
  })

  it('shows texts of several megabytes', () => {
    const view = new MaterializationView()
    const event = { ...plain, error: 'x'.repeat(5 << 20) }
    expect(view.read(encode(event), headerLength)).toBe(true)
    expect(shownBy(view)).toEqual(shownOf(event))
  })

  it('finds the same shape in events that name and state the same, and another in any other', () => {
    const [a, b] = [new MaterializationView(), new MaterializationView()]
    const repeated = ({ job, inputs, outputs: written }: MaterializationEvent) =>
      JSON.stringify([job, inputs, written.map((each) => ({ ...each, metadata: {}, metrics: {} }))])
    fc.assert(
      fc.property(event, event, fc.boolean(), (first, other, isRepeat) => {
        const { job, inputs, outputs: written } = first
        const rest = { metadata: { a: '1' }, metrics: { rows: 1 } }
        const again = { ...other, job, inputs, outputs: written.map((each) => ({ ...each, ...rest })) }
        const second = isRepeat ? again : other
        a.read(encode(first), headerLength)
        b.read(encode(second), headerLength)
        expect(shapeOf(a) === shapeOf(b)).toBe(repeated(first) === repeated(second))
      }),
    )
  })

  it('leaves to decoding what its bytes do not surely show', () => {
    const check = { name: 'c', column: null, severity: 'WARN', status: 'PASS', expected: null, actual: null } as const
    const metadataOf = (entries: Record<string, string>) => ({ ...plain, metadata: entries })
    expect(isRead(plain)).toBe(true)
    expect(isRead(metadataOf({ a: '{"b":["ü"]}', größe: '1', __proto: 'null' }))).toBe(true)
    for (const unsure of [
      metadataOf({ a: 'no JSON' }),
      metadataOf({ 1: '1' }),
      metadataOf({ 'a"b': '1' }),
      metadataOf(Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, '1']))),
      { ...plain, outputs: [{ ...output, metrics: { 1: 1 } }] },
      { ...plain, outputs: [output, output] },
      { ...plain, outputs: [{ ...output, checks: [{ ...check, message: null }] }] },
    ]) {
      expect(isRead(unsure)).toBe(false)
    }
  })

  it('takes the maps and outputs of an event that was put in order as they are', () => {
    expect(isRead({ ...plain, outputs: [output, output], metadata: { '1': '1', a: 'no JSON' } }, true)).toBe(true)
  })

  it('takes no cut, longer or arbitrary bytes for an event, nor runs on for long', () => {
    const view = new MaterializationView()
    const whole = encode({ ...plain, outputs: [{ ...output, inputs: ['s3://b'], metrics: { rows: 1 } }] })
    // Keys as long as each other are compared, which must not reach beyond the end.
    const two = encode({
      ...plain,
      outputs: [
        { ...output, key: 's3://out/1' },
        { ...output, key: 's3://out/2' },
      ],
    })
    for (const bytes of [whole, two]) {
      for (let end = headerLength; end < bytes.length; end++) {
        expect(view.read(bytes.subarray(0, end), headerLength)).toBe(false)
      }
    }
    expect(view.read(Buffer.concat([whole, Buffer.from([0])]), headerLength)).toBe(false)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: whole.length - 1 }), (bytes, from) => {
        view.read(Buffer.from(bytes), 0)
        view.read(Buffer.concat([whole.subarray(0, from), bytes]), headerLength)
      }),
      { numRuns: 2_000 },
    )
  })
})
