import type { AssetEvent, HeadwaterEvent, MaterializationEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  foldReference,
} from '@headwater/testing/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideEvent } from '../src/divide-event.ts'
import { anyMaterialization } from './emit/any-event.ts'

/** Divides an event until no part can be divided further. */
function crumbs(event: HeadwaterEvent): readonly HeadwaterEvent[] {
  return divideEvent(event)?.flatMap(crumbs) ?? [event]
}

const recorded = (events: readonly HeadwaterEvent[]) => events.map((event) => ({ event, recordedAt: 1 }))
const runsOf = (events: readonly HeadwaterEvent[]) => events.map(({ event }) => event as MaterializationEvent)
const sorted = (values: Iterable<unknown>) => [...new Set([...values].map((value) => JSON.stringify(value)))].sort()

/** The events of a run, united as the fold does. */
function united(events: readonly HeadwaterEvent[]) {
  const runs = runsOf(events)
  const outputs = runs.flatMap((run) => run.outputs)
  return {
    inputs: sorted(runs.flatMap((run) => run.inputs)),
    metadata: Object.assign({}, ...runs.map((run) => run.metadata)),
    errors: sorted(runs.flatMap(({ error }) => error ?? [])),
    outputs: [...new Set(outputs.map(({ key }) => key))].sort().map((key) => {
      const parts = outputs.filter((output) => output.key === key)
      return {
        key,
        isExplicit: parts.some(({ inputs }) => inputs !== null),
        inputs: sorted(parts.flatMap(({ inputs }) => inputs ?? [])),
        links: sorted(
          parts.flatMap(({ columnLineage }) =>
            columnLineage.flatMap(({ column, inputs }) => inputs.map((input) => ({ of: column, ...input }))),
          ),
        ),
        schemas: sorted(parts.flatMap(({ schema }) => (schema === null ? [] : [schema]))),
        checks: sorted(parts.flatMap(({ checks }) => checks)),
        metrics: parts.map(({ metrics }) => metrics).filter((metrics) => Object.keys(metrics).length > 0),
        metadata: Object.assign({}, ...parts.map(({ metadata }) => metadata)),
      }
    }),
  }
}

describe('a run that is divided', () => {
  it('reports the same together, with the same run, state and time', () => {
    fc.assert(
      fc.property(anyMaterialization, (event) => {
        const parts = crumbs(event)
        expect(united(parts)).toEqual(united([event]))
        expect(new Set(parts.map((part) => part.event.eventId)).size).toBe(parts.length)
        const told = runsOf(parts).map(({ runId, job, state, occurredAt }) => ({ runId, job, state, occurredAt }))
        const { runId, job, state, occurredAt } = event.event as MaterializationEvent
        expect(sorted(told)).toEqual(sorted([{ runId, job, state, occurredAt }]))
      }),
    )
  })

  it('makes the same edges, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyMaterialization, { maxLength: 4 }), fc.func(fc.nat()), (events, order) => {
        const edgesOf = (some: readonly HeadwaterEvent[]) => foldReference(recorded(some)).edges('ever')
        const parts = events.flatMap(crumbs).toSorted((a, b) => order(a.event.eventId) - order(b.event.eventId))
        expect(edgesOf(parts)).toEqual(edgesOf(events))
      }),
    )
  })

  it('is divided in the same way each time', () => {
    fc.assert(
      fc.property(anyMaterialization, (event) => {
        expect(crumbs(structuredClone(event))).toEqual(crumbs(event))
      }),
    )
  })

  it('is divided where it is large', () => {
    const inputs = Array.from({ length: 2 }, (_, n) => `s3://in/${n}`)
    const columnInputs = Array.from({ length: 1_000 }, (_, n) => ({
      ...{ key: 's3://in/0', column: `c${n}`, transformation: null, kind: 'DIRECT', masking: null, description: null },
    }))
    const event = buildMaterialization({
      inputs,
      outputs: [{ key: 's3://out', columnLineage: [{ column: 'x', inputs: columnInputs }] }],
    })
    const parts = runsOf(divideEvent(event) ?? [])
    expect(parts.map((part) => part.inputs.map(({ key }) => key))).toEqual([inputs, []])
    expect(parts.map(({ outputs }) => outputs[0]?.columnLineage[0]?.inputs.length)).toEqual([500, 500])
  })
})

describe('an asset event that is divided', () => {
  const columns = [{ name: 'id', type: 'int', description: null }]

  it('has its columns and the rest', () => {
    const whole = buildAssetEvent({
      ...{ key: 's3://a', change: 'STATED', schema: columns, owners: ['ann'] },
      metadata: { storage: '{}' },
    })
    const parts = (divideEvent(whole) ?? []).map(({ event }) => event as AssetEvent)
    expect(parts).toMatchObject([
      { owners: ['ann'], schema: null, metadata: { storage: '{}' } },
      { owners: null, schema: columns, metadata: {} },
    ])
    expect(
      parts.every(({ key, change, occurredAt }) => key === 's3://a' && change === 'STATED' && occurredAt > 0),
    ).toBe(true)
  })

  it.each([
    buildAssetEvent({ key: 's3://a', change: 'STATED', schema: columns }),
    buildAssetEvent({ key: 's3://a', change: 'DESCRIBED' }),
    buildCheckEvent({ key: 's3://a', check: { name: 'unique' } }),
    buildJobEvent({ job: 'load' }),
  ])('an event that cannot be divided: $type', (event) => expect(divideEvent(event)).toBeUndefined())
})
