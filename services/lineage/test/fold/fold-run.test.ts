import type { MaterializationEvent, OutputAsset } from '@headwater/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldRun } from '../../src/fold/fold-run.ts'
import { rankOf } from '../../src/runs/run-state.ts'

const minimal: MaterializationEvent = {
  ...{ eventId: 'a', occurredAt: 1_000, producer: 'test/1', runId: 'r', state: 'UNKNOWN' },
  job: { namespace: 'test', name: 'load', type: null },
  ...{ startedAt: null, nominalStart: null, nominalEnd: null, parent: null, root: null, by: null, error: null },
  ...{ inputs: [], outputs: [], metadata: {} },
}
const input = (key: string) => ({ key, properties: null })
const event = (parts: Partial<Omit<MaterializationEvent, 'inputs'>> & { readonly inputs?: readonly string[] }) => ({
  ...minimal,
  ...parts,
  inputs: (parts.inputs ?? []).map(input),
})
const output = (
  key: string,
  inputs: readonly string[] | null = null,
  parts: Partial<OutputAsset> = {},
): OutputAsset => ({
  ...{ key, inputs, properties: null, metadata: {}, metrics: {}, schema: null, columnLineage: [], checks: [] },
  ...parts,
})
const inputsOf = (run: ReturnType<typeof foldRun>) =>
  Object.fromEntries([...run.outputs].map(([key, { explicit, inputs }]) => [key, { explicit, inputs: [...inputs] }]))

describe('A run folded from its events', () => {
  it('joins inputs of its start with outputs of its end', () => {
    const start = event({ state: 'STARTED', inputs: ['i'] })
    const end = event({ state: 'SUCCEEDED', occurredAt: 2_000, outputs: [output('o')] })
    const run = foldRun([end, start])
    expect(run).toMatchObject({ state: 'SUCCEEDED', startedAt: 1_000, endedAt: 2_000, lastEventAt: 2_000 })
    expect(run).toMatchObject({ jobNamespace: 'test', jobName: 'load', runId: 'r' })
    expect(inputsOf(run)).toEqual({ o: { explicit: false, inputs: ['i'] } })
  })

  it('stays failed when a success is reported too, in either order', () => {
    const failed = event({ state: 'FAILED', occurredAt: 2_000, error: 'no space' })
    const succeeded = event({ state: 'SUCCEEDED', occurredAt: 2_006 })
    for (const events of [
      [failed, succeeded],
      [succeeded, failed],
    ]) {
      expect(foldRun(events)).toMatchObject({ state: 'FAILED', endedAt: 2_000, error: 'no space', lastEventAt: 2_006 })
    }
  })

  it('takes the state of greatest rank, and ended at the last event with that state', () => {
    const events = [
      event({ state: 'FAILED', occurredAt: 1_000 }),
      event({ state: 'FAILED', occurredAt: 2_000 }),
      event({ state: 'ABORTED', occurredAt: 3_000 }),
      event({ state: 'SUCCEEDED', occurredAt: 4_000 }),
      event({ state: 'STARTED', occurredAt: 5_000 }),
    ]
    expect(foldRun(events)).toMatchObject({ state: 'FAILED', endedAt: 2_000, lastEventAt: 5_000 })
    expect(foldRun(events.slice(2))).toMatchObject({ state: 'ABORTED', endedAt: 3_000 })
    expect(foldRun(events.slice(3))).toMatchObject({ state: 'SUCCEEDED', endedAt: 4_000 })
    expect(foldRun(events.slice(4))).toMatchObject({ state: 'STARTED', endedAt: null })
  })

  it('lets inputs reported for an output win over those of the run', () => {
    const run = foldRun([
      event({ eventId: 'a', inputs: ['1'], outputs: [output('o', ['2']), output('p')] }),
      event({ eventId: 'b', inputs: ['3'], outputs: [output('q', []), output('o')] }),
    ])
    expect(inputsOf(run)).toEqual({
      o: { explicit: true, inputs: ['2'] },
      p: { explicit: false, inputs: ['1', '3'] },
      q: { explicit: true, inputs: [] },
    })
  })

  it('unites the columns that its events report for an output, null and empty texts alike', () => {
    const made = { key: 'i', column: 'c', transformation: null, kind: 'DIRECT', masking: null, description: null }
    const run = foldRun([
      event({ outputs: [output('o', null, { columnLineage: [{ column: 'x', inputs: [made] }] })] }),
      event({
        occurredAt: 2_000,
        outputs: [output('o', null, { columnLineage: [{ column: 'x', inputs: [{ ...made, transformation: '' }] }] })],
      }),
      event({ occurredAt: 3_000, outputs: [output('o', null, { columnLineage: [{ column: '', inputs: [made] }] })] }),
    ])
    const column = {
      from: { key: 'i', column: 'c' },
      transformation: '',
      kind: 'DIRECT',
      masking: false,
      description: '',
    }
    expect(run.outputs.get('o')?.columns).toEqual([
      { ...column, column: '' },
      { ...column, column: 'x' },
    ])
  })

  it('takes what several events report from the latest, and keeps what only an earlier one reported', () => {
    const metrics = (rows: number) => [output('o', null, { metrics: { rows } })]
    const run = foldRun([
      event({ occurredAt: 2_000, by: 'dbt', metadata: { a: '2', b: '3' }, outputs: metrics(2) }),
      event({ by: 'spark', job: { ...minimal.job, type: 'model' }, metadata: { a: '1', c: '4' }, outputs: metrics(1) }),
    ])
    expect(run).toMatchObject({ by: 'dbt', jobType: 'model', metadata: { a: '2', b: '3', c: '4' } })
    expect(run.outputs.get('o')?.metrics).toEqual({ rows: 2 })
  })

  it('ignores an empty text', () => {
    const silent = event({ occurredAt: 2_000, by: '', error: '', job: { ...minimal.job, type: '' } })
    expect(foldRun([silent])).toMatchObject({ by: null, error: null, jobType: null })
    const reported = event({ by: 'dbt', error: 'no space', job: { ...minimal.job, type: 'model' } })
    expect(foldRun([reported, silent])).toMatchObject({ by: 'dbt', error: 'no space', jobType: 'model' })
  })

  it('has no end while it is running', () => {
    expect(foldRun([event({ state: 'RUNNING' })])).toMatchObject({ state: 'RUNNING', startedAt: 1_000, endedAt: null })
  })

  it('needs an event', () => expect(() => foldRun([])).toThrow(RangeError))
})

const key = fc.constantFrom('i', 'j', 'o')
const randomEvent = fc
  .record({
    occurredAt: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom('UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED'),
    startedAt: fc.option(fc.integer({ min: 1, max: 4 })),
    by: fc.option(fc.constantFrom('dbt', 'spark')),
    error: fc.option(fc.constantFrom('x', 'y')),
    metadata: fc.dictionary(fc.constantFrom('m', 'n', '__proto__'), fc.constantFrom('1', '2'), {
      noNullPrototype: true,
    }),
    inputs: fc.array(key, { maxLength: 2 }),
    outputs: fc.array(
      fc.record({ key: fc.constantFrom('o', 'p'), inputs: fc.option(fc.array(key, { maxLength: 2 })) }),
      {
        maxLength: 2,
      },
    ),
  })
  .map(({ outputs, ...parts }) => event({ ...parts, outputs: outputs.map(({ key, inputs }) => output(key, inputs)) }))
const randomRun = fc.array(randomEvent, { minLength: 1, maxLength: 12 })

describe('Folding a run is a join', () => {
  it('gives the same run in any order and with any repetition', () => {
    fc.assert(
      fc.property(randomRun, fc.infiniteStream(fc.nat()), (events, random) => {
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((each) => ({ each, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each)
        expect(foldRun(shuffled)).toEqual(foldRun(events))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never loses an input or output, and never goes back in state, when more events are known', () => {
    fc.assert(
      fc.property(randomRun, (events) => {
        const part = foldRun(events.slice(0, Math.ceil(events.length / 2)))
        const whole = foldRun(events)
        expect([...whole.outputs.keys()]).toEqual(expect.arrayContaining([...part.outputs.keys()]))
        expect([...whole.inputs]).toEqual(expect.arrayContaining([...part.inputs]))
        expect(rankOf(whole.state)).toBeGreaterThanOrEqual(rankOf(part.state))
      }),
      { numRuns: 1_000 },
    )
  })
})
