import type { ColumnLineage, HeadwaterEvent, MaterializationEvent, OutputAsset, RunReference } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildMaterialization, noon } from '@headwater/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runUuid } from '../../src/emit/run-uuid.ts'
import { headwaterEventsOf, readOpenLineageEvent, toOpenLineage } from '../../src/index.ts'
import { anyJobEvent, anyKey, anyMaterialization } from './any-event.ts'

/** Maps an event to OpenLineage JSON and back, as a gateway does. */
function thereAndBack(event: HeadwaterEvent): readonly HeadwaterEvent[] {
  return toOpenLineage(event).flatMap((emitted) => {
    const read = readOpenLineageEvent(JSON.parse(JSON.stringify(emitted)))
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    return headwaterEventsOf(read.event)
  })
}

const runsOf = (events: readonly HeadwaterEvent[]) =>
  events.flatMap(({ type, event }) => (type === 'MaterializationEvent' ? [event] : []))
const sorted = (keys: Iterable<string>) => [...new Set(keys)].sort()
const orNull = (text: string | null) => (text === '' ? null : text)
const uuidOf = (run: RunReference | null) => (run === null ? null : { ...run, runId: runUuid(run) })

/** What determines the graph, with the upstreams of every output, wherever the event has them. */
function graphFacts(event: MaterializationEvent) {
  const listed = event.inputs.map(({ key }) => key)
  return {
    job: event.job,
    state: event.state,
    occurredAt: event.occurredAt,
    nominalEnd: event.nominalEnd,
    error: orNull(event.error),
    inputs: sorted([...listed, ...event.outputs.flatMap(({ inputs }) => inputs ?? [])]),
    outputs: event.outputs.map((output) => outputMetadata(output, listed)).sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

const outputMetadata = ({ key, inputs, schema, columnLineage }: OutputAsset, listed: readonly string[]) => ({
  key,
  inputs: sorted(inputs ?? listed),
  schema: (schema ?? []).map(({ name, type, description }) => [name, orNull(type), orNull(description)]), // an empty list is no schema
  columns: columnFacts(columnLineage),
})

/** A transformation without kind becomes DIRECT, or INDIRECT for whole rows. */
function columnFacts(lineage: readonly ColumnLineage[]) {
  const facts = lineage.flatMap(({ column, inputs }) =>
    inputs.map(({ key, column: from, kind, transformation, masking, description }) => {
      const details = transformation === null && masking === null && description === null
      const known = kind ?? (details ? null : column === '' ? 'INDIRECT' : 'DIRECT')
      return JSON.stringify([column, key, from, known, transformation, masking, orNull(description)])
    }),
  )
  return facts.sort()
}

/** Keeps only the columns that come from inputs of the run, as observed column lineage does. */
function withKnownColumns(event: MaterializationEvent): HeadwaterEvent {
  const listed = new Set(event.inputs.map(({ key }) => key))
  const outputs = event.outputs.map((output) => ({
    ...output,
    columnLineage: output.columnLineage
      .map(({ column, inputs }) => ({ column, inputs: inputs.filter(({ key }) => listed.has(key)) }))
      .filter(({ inputs }) => inputs.length > 0),
  }))
  return { type: 'MaterializationEvent', event: { ...event, outputs } }
}

test('a run gives the same graph after the way through OpenLineage', () => {
  fc.assert(
    fc.property(anyMaterialization, ({ event }) => {
      const sent = withKnownColumns(event)
      const back = runsOf(thereAndBack(sent))
      const run = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
      for (const each of back) {
        expect(each.runId).toBe(runUuid(run))
        expect(each.root).toEqual(uuidOf(event.root))
        expect(each.parent).toEqual(uuidOf(event.parent ?? event.root))
      }
      expect(graphFacts(back.at(-1)!)).toEqual(graphFacts(sent.event as MaterializationEvent))
    }),
  )
})

test('the start time of a run is kept', () => {
  const back = runsOf(thereAndBack(buildMaterialization({ startedAt: noon - 5_000, outputs: ['s3://a/b'] })))
  expect(back.map(({ state, occurredAt }) => [state, occurredAt])).toEqual([
    ['STARTED', noon - 5_000],
    ['SUCCEEDED', noon],
  ])
})

test('a job declares the same lineage after the way through OpenLineage', () => {
  fc.assert(
    fc.property(anyJobEvent, (event) => {
      const { description, lineage, owners, job } = event.event
      const [back] = thereAndBack(event).flatMap((each) => (each.type === 'JobEvent' ? [each.event] : []))
      const edges = (all: typeof lineage) =>
        all?.map(({ output, inputs }) => `${output} < ${sorted(inputs)}`).toSorted() ?? null
      if (back !== undefined) expect(back.job).toEqual(job)
      expect(edges(back?.lineage ?? null)).toEqual(edges(lineage))
      expect(back?.owners ?? null).toEqual(owners === null ? null : owners.filter((owner) => owner !== ''))
      expect(back?.description ?? null).toBe(description)
    }),
  )
})

const key = 'postgres://shop/db/public/orders'

test.each([
  [
    { change: 'DESCRIBED', properties: { name: null, description: 'All', url: null, owners: ['team:a'] } },
    { change: 'STATED', description: 'All', owners: ['team:a'] },
  ],
  [
    { change: 'OWNED', owners: ['team:a', 'user:b'] },
    { change: 'STATED', owners: ['team:a', 'user:b'] },
  ],
  [
    { change: 'TAGGED', tags: ['pii', 'level:gold'] },
    { change: 'STATED', tags: ['pii', 'level:gold'] },
  ],
  [{ change: 'DROPPED' }, { change: 'DROPPED' }],
  [
    { change: 'STATED', schema: [{ name: 'id', type: 'int', description: null }], removed: ['tags'] },
    {
      change: 'STATED',
      schema: [{ name: 'id', type: 'int', description: null }],
      removed: expect.arrayContaining(['tags']),
    },
  ],
  [
    { change: 'STATED', metrics: { rows: 5, bytes: 7, files: 1 } },
    { change: 'STATED', metrics: { rows: 5, bytes: 7, files: 1 } },
  ],
] as const)('%o comes back as %o', (parts, expected) => {
  const back = thereAndBack(buildAssetEvent({ key, ...parts })).map(({ event }) => event)
  expect(back).toContainEqual(expect.objectContaining({ key, occurredAt: noon, ...expected }))
})

test('aliases and renames of an asset are kept', () => {
  const source = fc.constantFrom('TABLE_SYMLINK', 'SYMLINK')
  fc.assert(
    fc.property(anyKey, anyKey, source, (asset, alias, aliasSource) => {
      fc.pre(asset !== alias)
      const aliased = buildAssetEvent({ key: asset, change: 'ALIASED', alias, aliasSource })
      const renamed = buildAssetEvent({ key: asset, change: 'RENAMED', renamedTo: alias })
      const changes = (event: HeadwaterEvent) =>
        thereAndBack(event).map((each) => each.event as Partial<MaterializationEvent>)
      expect(changes(aliased)).toContainEqual(expect.objectContaining({ key: asset, alias, aliasSource }))
      expect(changes(renamed)).toContainEqual(
        expect.objectContaining({ key: asset, change: 'RENAMED', renamedTo: alias }),
      )
    }),
  )
})

test('the result of a check is kept', () => {
  const check = {
    name: 'not_null',
    column: 'id',
    severity: 'ERROR',
    status: 'FAIL',
    expected: '0',
    actual: '3',
  } as const
  const sent = buildCheckEvent({ key, check })
  const again = expect.objectContaining({ key, check: sent.event.check })
  expect(thereAndBack(sent).map(({ event }) => event)).toContainEqual(again)
  const outputs = [{ key, checks: [sent.event.check] }]
  expect(thereAndBack(buildMaterialization({ outputs })).map(({ event }) => event)).toContainEqual(again)
})
