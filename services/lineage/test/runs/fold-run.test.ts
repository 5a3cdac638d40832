import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldRun } from '../../src/runs/fold-run.ts'
import type { RunFact } from '../../src/runs/run.ts'

const quiet: RunFact = {
  factId: 'a',
  occurredAt: 1_000,
  recordedAt: 5_000,
  producer: 'test/1',
  state: 'UNKNOWN',
  jobType: null,
  startedAt: null,
  nominalStart: null,
  nominalEnd: null,
  parent: null,
  root: null,
  by: null,
  error: null,
  metadata: {},
  inputSet: null,
  outputs: [],
}
const fact = (parts: Partial<RunFact>): RunFact => ({ ...quiet, ...parts })
const output = (key: string, inputSet?: string | null) => ({
  key,
  metadata: {},
  ...(inputSet === undefined ? {} : { inputSet }),
})

describe('a run folded from its events', () => {
  it('joins inputs of its start with outputs of its end', () => {
    const start = fact({ factId: 'a', state: 'STARTED', inputSet: 's1' })
    const end = fact({ factId: 'b', state: 'SUCCEEDED', occurredAt: 2_000, outputs: [output('o')] })
    expect(foldRun([end, start])).toMatchObject({
      state: 'SUCCEEDED',
      startedAt: 1_000,
      endedAt: 2_000,
      outputs: [{ key: 'o', explicit: false, inputSets: ['s1'] }],
    })
  })

  it('stays failed when a success comes too, whichever comes first', () => {
    const failed = fact({ factId: 'a', state: 'FAILED', occurredAt: 2_000, error: 'no space' })
    const succeeded = fact({ factId: 'b', state: 'SUCCEEDED', occurredAt: 2_006 })
    for (const facts of [
      [failed, succeeded],
      [succeeded, failed],
    ]) {
      expect(foldRun(facts)).toMatchObject({ state: 'FAILED', endedAt: 2_000, error: 'no space' })
    }
  })

  it('keeps its end when a start comes after it', () => {
    const end = fact({ factId: 'a', state: 'SUCCEEDED', occurredAt: 2_000 })
    const start = fact({ factId: 'b', state: 'STARTED', occurredAt: 3_000 })
    expect(foldRun([end, start])).toMatchObject({ state: 'SUCCEEDED', endedAt: 2_000 })
  })

  it('lets the inputs stated for an output win over those of the run', () => {
    const run = foldRun([
      fact({ factId: 'a', inputSet: 's1', outputs: [output('o', 's2'), output('p')] }),
      fact({ factId: 'b', inputSet: 's3', outputs: [output('q', null)] }),
    ])
    expect(run.outputs).toEqual([
      { key: 'o', explicit: true, inputSets: ['s2'], metadata: {} },
      { key: 'p', explicit: false, inputSets: ['s1', 's3'], metadata: {} },
      { key: 'q', explicit: true, inputSets: [], metadata: {} },
    ])
  })

  it('takes what events restate from the latest, and keeps what only an earlier one said', () => {
    const run = foldRun([
      fact({ factId: 'b', occurredAt: 2_000, by: 'dbt', metadata: { a: '2', b: '3' } }),
      fact({ factId: 'a', occurredAt: 1_000, by: 'spark', jobType: 'model', metadata: { a: '1', c: '4' } }),
    ])
    expect(run).toMatchObject({ by: 'dbt', jobType: 'model', metadata: { a: '2', b: '3', c: '4' } })
  })

  it('takes an empty text for one that is not stated', () => {
    const silent = fact({ factId: 'b', occurredAt: 2_000, by: '', error: '', jobType: '' })
    expect(foldRun([silent])).toMatchObject({ by: null, error: null, jobType: null })
    const said = fact({ factId: 'a', occurredAt: 1_000, by: 'dbt', error: 'no space', jobType: 'model' })
    expect(foldRun([said, silent])).toMatchObject({ by: 'dbt', error: 'no space', jobType: 'model' })
  })

  it('has no end while it runs', () => {
    expect(foldRun([fact({ state: 'RUNNING' })])).toMatchObject({ state: 'RUNNING', startedAt: 1_000, endedAt: null })
  })

  it('refuses to make a run of nothing', () => expect(() => foldRun([])).toThrow(RangeError))
})

const setIds = fc.constantFrom('s1', 's2', 's3')
const facts = fc.array(
  fc.record({
    factId: fc.constantFrom(...'abcdefgh'),
    recordedAt: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
)
/** What a fact says depends on its id alone, as content does. */
const said = fc.record({
  occurredAt: fc.integer({ min: 1, max: 4 }),
  state: fc.constantFrom('UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED' as const),
  startedAt: fc.option(fc.integer({ min: 1, max: 4 })),
  by: fc.option(fc.constantFrom('dbt', 'spark')),
  error: fc.option(fc.constantFrom('x', 'y')),
  metadata: fc.dictionary(fc.constantFrom('m', 'n', '__proto__'), fc.constantFrom('1', '2'), { noNullPrototype: true }),
  inputSet: fc.option(setIds),
  outputs: fc.array(fc.record({ key: fc.constantFrom('o', 'p'), inputSet: fc.option(setIds, { nil: undefined }) }), {
    maxLength: 2,
  }),
})

describe('folding is a join', () => {
  const scenario = fc.tuple(facts, fc.array(said, { minLength: 8, maxLength: 8 })).map(([ids, contents]) =>
    ids.map(({ factId, recordedAt }) => {
      const content = contents['abcdefgh'.indexOf(factId)] as unknown as Partial<RunFact>
      const outputs = (content.outputs ?? []).map(({ key, inputSet }) => output(key, inputSet))
      return fact({ ...content, factId, recordedAt, outputs })
    }),
  )

  it('gives the same run in any order and with any repetition', () => {
    fc.assert(
      fc.property(scenario, fc.infiniteStream(fc.nat()), (list, random) => {
        const shuffled = [...list, ...list.slice(0, 3)]
          .map((each) => ({ each, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each)
        expect(foldRun(shuffled)).toEqual(foldRun(list))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never loses an output, and never goes back in state, when more becomes known', () => {
    fc.assert(
      fc.property(scenario, (list) => {
        const part = foldRun(list.slice(0, Math.ceil(list.length / 2)))
        const whole = foldRun(list)
        expect(whole.outputs.map(({ key }) => key)).toEqual(expect.arrayContaining(part.outputs.map(({ key }) => key)))
        expect(foldRun(list).factCount).toBeGreaterThanOrEqual(part.factCount)
      }),
      { numRuns: 1_000 },
    )
  })
})
