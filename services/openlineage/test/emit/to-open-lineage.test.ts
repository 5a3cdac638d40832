import { buildMaterialization, noon } from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toOpenLineage } from '../../src/index.ts'
import { anyEvent } from './any-event.ts'
import { facetsOf } from './specification.ts'

const orders = 'postgres://shop/db/public/orders'
const raw = 's3://lake/raw/orders'
const ordersDataset = { namespace: 'postgres://shop:5432', name: 'db.public.orders' }
const rawDataset = { namespace: 's3://lake', name: 'raw/orders' }
const envelope = (schema: string) => ({
  _producer: 'urn:headwater:test/1',
  _schemaURL: `https://openlineage.io/spec/${schema}`,
})
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('any event', () => {
  test('has what the specification requires of every event and facet, and is unchanged as JSON', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const emitted of toOpenLineage(event)) {
          expect(JSON.parse(JSON.stringify(emitted))).toEqual(emitted)
          expect(new Date(emitted.eventTime).toISOString()).toBe(emitted.eventTime)
          for (const uri of [emitted.producer, emitted.schemaURL]) expect(URL.canParse(uri ?? '')).toBe(true)
          for (const { facet } of facetsOf(emitted)) {
            expect(facet).toMatchObject({ _producer: emitted.producer, _schemaURL: expect.stringMatching(/^https:/) })
          }
          if ('run' in emitted) expect(emitted.run.runId).toMatch(uuid)
        }
      }),
    )
  })
})

describe('a run', () => {
  test('that has ended gives a START event, and then one with everything', () => {
    const event = buildMaterialization({
      runId: '01a20d7c-ace7-7351-831e-4446f2e9c3a7',
      job: { namespace: 'shop', name: 'load', type: 'task' },
      by: 'dbt',
      startedAt: noon - 5_000,
      nominalStart: noon - 86_400_000,
      nominalEnd: noon,
      inputs: [raw],
      outputs: [{ key: orders, metrics: { rows: 5, cost: 0.5 }, metadata: { day: '"2026-01-15"', note: 'no json' } }],
    })
    const [start, complete, ...others] = toOpenLineage(event)
    expect(others).toEqual([])
    const nominalTime = {
      ...envelope('facets/1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet'),
      nominalStartTime: '2026-01-14T12:00:00.000Z',
      nominalEndTime: '2026-01-15T12:00:00.000Z',
    }
    const jobType = {
      ...envelope('facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet'),
      processingType: 'BATCH',
      integration: 'DBT',
      jobType: 'TASK',
    }
    const of = {
      producer: 'urn:headwater:test/1',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: { runId: '01a20d7c-ace7-7351-831e-4446f2e9c3a7', facets: { nominalTime } },
      job: { namespace: 'shop', name: 'load', facets: { jobType } },
    }
    expect(start).toEqual({ ...of, eventType: 'START', eventTime: '2026-01-15T11:59:55.000Z', inputs: [], outputs: [] })
    expect(complete).toEqual({
      ...of,
      eventType: 'COMPLETE',
      eventTime: '2026-01-15T12:00:00.000Z',
      inputs: [rawDataset],
      outputs: [
        {
          ...ordersDataset,
          facets: {
            headwater_metadata: {
              ...envelope('2-0-2/OpenLineage.json#/$defs/DatasetFacet'),
              metadata: { day: '2026-01-15', note: 'no json' },
            },
          },
          outputFacets: {
            outputStatistics: {
              ...envelope(
                'facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet',
              ),
              rowCount: 5,
            },
            headwater_metrics: {
              ...envelope('2-0-2/OpenLineage.json#/$defs/OutputDatasetFacet'),
              metrics: { cost: 0.5 },
            },
          },
        },
      ],
    })
  })

  test.each([
    ['STARTED', 'START'],
    ['RUNNING', 'RUNNING'],
    ['SUCCEEDED', 'COMPLETE'],
    ['FAILED', 'FAIL'],
    ['ABORTED', 'ABORT'],
    ['UNKNOWN', 'OTHER'],
  ] as const)('that is %s is a %s', (state, eventType) => {
    expect(toOpenLineage(buildMaterialization({ state }))).toMatchObject([{ eventType }])
  })

  test('whose id is not a UUID always gets the same UUID, also as a parent', () => {
    const job = { namespace: 'shop', name: 'nightly', type: null }
    const reference = { jobNamespace: 'shop', jobName: 'nightly', runId: 'scheduled__1' }
    const [parent] = toOpenLineage(buildMaterialization({ job, runId: 'scheduled__1' }))
    const [child] = toOpenLineage(buildMaterialization({ parent: reference, root: reference }))
    const [other] = toOpenLineage(buildMaterialization({ job: { ...job, name: 'b' }, runId: 'scheduled__1' }))
    const { runId } = (parent as { run: { runId: string } }).run
    expect(runId).toMatch(uuid)
    const run = { run: { runId }, job: { namespace: 'shop', name: 'nightly' } }
    expect(child).toMatchObject({ run: { facets: { parent: { ...run, root: run } } } })
    expect(parent).toMatchObject({ run: { facets: { headwater_run: { runId: 'scheduled__1' } } } })
    expect((other as { run: { runId: string } }).run.runId).not.toBe(runId)
  })

  test('that failed has its error', () => {
    const [event] = toOpenLineage(buildMaterialization({ state: 'FAILED', error: 'no space' }))
    expect(event).toMatchObject({ run: { facets: { errorMessage: { message: 'no space' } } } })
  })

  test('whose outputs have own inputs gives each a lineage facet with its own inputs only', () => {
    const outputs = [{ key: orders, inputs: [raw] }, { key: 's3://a/b' }, { key: 's3://a/c', inputs: [] }]
    const [event] = toOpenLineage(buildMaterialization({ inputs: ['s3://a/in'], outputs }))
    const inputs = [{ namespace: 's3://a', name: 'in' }, rawDataset]
    const lineageOf = (each: object[]) => ({ lineage: { inputs: each.map((one) => ({ ...one, type: 'DATASET' })) } })
    expect(event).toMatchObject({
      inputs,
      outputs: [
        { facets: lineageOf([rawDataset]) },
        { facets: lineageOf([{ namespace: 's3://a', name: 'in' }]) },
        { facets: lineageOf([]) },
      ],
    })
  })

  test('has the inputs of its columns, and the inputs of whole rows', () => {
    const from = { key: raw, column: 'id', transformation: 'IDENTITY', kind: null, masking: true, description: null }
    const nothing = { transformation: null, kind: null, masking: null, description: null }
    const columnLineage = [
      { column: 'id', inputs: [from, { key: raw, column: 'n', ...nothing }] },
      { column: '', inputs: [{ ...from, transformation: 'FILTER', masking: null }] },
    ]
    const [event] = toOpenLineage(buildMaterialization({ outputs: [{ key: orders, columnLineage }] }))
    const identity = { type: 'DIRECT', subtype: 'IDENTITY', masking: true }
    expect(event).toMatchObject({
      outputs: [
        {
          facets: {
            columnLineage: {
              fields: {
                id: {
                  inputFields: [
                    { ...rawDataset, field: 'id', transformations: [identity] },
                    { ...rawDataset, field: 'n' },
                  ],
                },
              },
              dataset: [{ ...rawDataset, field: 'id', transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }] }],
            },
          },
        },
      ],
    })
  })
})
