import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeEvent,
  headerLength,
  type MaterializationEvent,
  MaterializationView,
  type RunState,
  type Span,
} from '../src/index.ts'

const ids = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3, JobEvent: 4 }
const encode = (event: MaterializationEvent) => encodeEvent({ type: 'MaterializationEvent', event }, ids)

const text = fc.string({ unit: fc.constantFrom(...'abc/:_-1 '), maxLength: 200 })
const key = fc.constantFrom('s3://a', 's3://b/c', 'postgres://host/db/schema/table', '')
const time = fc.option(fc.integer({ min: 0, max: 2 ** 47 }))
const reference = fc.option(fc.record({ jobNamespace: text, jobName: text, runId: text }))
const states: readonly RunState[] = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']
const outputs = fc.uniqueArray(
  fc.record({
    key: text,
    inputs: fc.option(fc.array(key, { maxLength: 3 })),
    metrics: fc.dictionary(text, fc.double(), { noNullPrototype: true }),
    properties: fc.constant(null),
    metadata: fc.constant({}),
    schema: fc.constant(null),
    columnLineage: fc.constant([]),
    checks: fc.constant([]),
  }),
  { selector: (output) => output.key, maxLength: 4 },
)
const bareEvent: fc.Arbitrary<MaterializationEvent> = fc.record({
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
  inputs: fc.array(fc.record({ key, properties: fc.constant(null) }), { maxLength: 70 }),
  outputs,
  metadata: fc.constant({}),
})

/** What the view shows, read back from the places it found. */
function shownBy(view: MaterializationView): object {
  const at = (place: Span) => view.text(place)
  const metricsOf = ({ metricsStart, metricCount }: { metricsStart: number; metricCount: number }) => {
    const metrics: [string, number][] = []
    for (let place = metricsStart; metrics.length < metricCount; ) {
      let length = 0
      for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
        byte = view.bytes[place++] as number
        length |= (byte & 0x7f) << shift
      }
      const end = place + length / 2
      metrics.push([view.bytes.toString('utf8', place, end), view.bytes.readDoubleLE(end)])
      place = end + 8
    }
    return metrics
  }
  return {
    ...{ eventId: at(view.eventId), occurredAt: view.occurredAt, producer: at(view.producer), runId: at(view.runId) },
    ...{ namespace: at(view.jobNamespace), name: at(view.jobName), type: at(view.jobType), state: view.state },
    ...{ startedAt: view.startedAt, nominalStart: view.nominalStart, nominalEnd: view.nominalEnd },
    ...{ parent: view.parent.map(at), root: view.root.map(at), by: at(view.by), error: at(view.error) },
    outputs: Array.from({ length: view.outputCount }, (_, index) => {
      const output = view.output(index)
      return { key: at(output.key), metrics: metricsOf(output) }
    }),
  }
}

function shownOf(event: MaterializationEvent): object {
  const { eventId, occurredAt, producer, runId, job, state, startedAt, nominalStart, nominalEnd } = event
  const runOf = (run: MaterializationEvent['parent']) => [run?.jobNamespace ?? '', run?.jobName ?? '', run?.runId ?? '']
  return {
    ...{ eventId, occurredAt, producer, runId, namespace: job.namespace, name: job.name, type: job.type ?? '', state },
    ...{ startedAt, nominalStart, nominalEnd, parent: runOf(event.parent), root: runOf(event.root) },
    ...{ by: event.by ?? '', error: event.error ?? '' },
    outputs: event.outputs.map((output) => ({ key: output.key, metrics: Object.entries(output.metrics) })),
  }
}

const namesOf = (view: MaterializationView): string =>
  Array.from({ length: view.nameCount }, (_, index) =>
    view.bytes.toString('hex', view.names[index * 2], view.names[index * 2 + 1]),
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
      fc.property(bareEvent, (event) => {
        expect(view.read(encode(event), headerLength)).toBe(true)
        expect(shownBy(view)).toEqual(shownOf(event))
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

  it('finds the same names in events that name the same job and assets, and others in others', () => {
    const [a, b] = [new MaterializationView(), new MaterializationView()]
    const named = ({ job, inputs, outputs: written }: MaterializationEvent) =>
      JSON.stringify([
        [job.namespace, job.name],
        inputs.map((input) => input.key),
        written.map((each) => [each.key, each.inputs]),
      ])
    fc.assert(
      fc.property(bareEvent, bareEvent, fc.boolean(), (first, other, isAlike) => {
        const { job, inputs, outputs: written } = first
        const second = isAlike ? { ...other, job: { ...job, type: null }, inputs, outputs: written } : other
        a.read(encode(first), headerLength)
        b.read(encode(second), headerLength)
        expect(namesOf(a) === namesOf(b)).toBe(named(first) === named(second))
      }),
    )
  })

  it('leaves what says more than it shows to decoding', () => {
    const properties = { name: 'n', description: null, url: null, owners: null }
    expect(isRead(plain)).toBe(true)
    expect(isRead({ ...plain, metadata: { a: '1' } })).toBe(false)
    expect(isRead({ ...plain, inputs: [{ key: 's3://a', properties }] })).toBe(false)
    for (const more of [
      { properties },
      { metadata: { a: '1' } },
      { schema: [] },
      { columnLineage: [{ column: 'c', inputs: [] }] },
      {
        checks: [
          { name: 'c', column: null, severity: 'WARN', status: 'PASS', expected: null, actual: null, message: null },
        ],
      },
    ] as const) {
      expect(isRead({ ...plain, outputs: [{ ...output, ...more }] })).toBe(false)
    }
  })

  it('leaves texts that are not ASCII and outputs named twice to decoding, unless they are trusted', () => {
    const umlaut = { ...plain, by: 'größe' }
    const twice = { ...plain, outputs: [output, output] }
    expect([isRead(umlaut), isRead(twice)]).toEqual([false, false])
    expect([isRead(umlaut, true), isRead(twice, true)]).toEqual([true, true])
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
