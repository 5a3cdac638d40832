import { expect, it } from 'vitest'
import { readOpenLineageEvent } from '../../src/index.ts'
import { dataset, runEvent } from '../helpers/run-event.ts'

const list = <T>(length: number, make: (at: number) => T) => Array.from({ length }, (_, at) => make(at))
const byName = (length: number) => Object.fromEntries(list(length, (at) => [`f${at}`, {}]))
const symlinks = (length: number) => ({
  symlinks: { identifiers: list(length, (at) => ({ namespace: 'hive://m', name: `d.t${at}`, type: 'TABLE' })) },
})
const problemsOf = (body: unknown) => {
  const read = readOpenLineageEvent(body)
  return 'problems' in read ? read.problems : []
}

it.each([
  [
    '20000 datasets',
    { inputs: list(10_000, (at) => dataset(`i${at}`)), outputs: list(10_001, (at) => dataset(`o${at}`)) },
  ],
  [
    '100000 facets',
    {
      inputs: [{ ...dataset('a'), inputFacets: byName(60_000) }],
      outputs: [{ ...dataset('b'), facets: byName(40_001) }],
    },
  ],
  ['10000 symlinks', { outputs: [1, 2].map((at) => ({ ...dataset(`o${at}`), facets: symlinks(5_000 * at) })) }],
])('refuses an event with more than %s', (limit, more) => {
  const [most, kind] = limit.split(' ')
  expect(problemsOf(runEvent(more))).toEqual([
    {
      pointer: '',
      detail: expect.stringMatching(new RegExp(`^The event has \\d+ ${kind}; at most ${most} are allowed`)),
    },
  ])
})

it('accepts an event at the limits', () => {
  const outputs = list(10_000, (at) => ({ ...dataset(`o${at}`), facets: { ...symlinks(1), ...byName(4) } }))
  expect(problemsOf(runEvent({ outputs, inputs: list(10_000, (at) => dataset(`i${at}`)) }))).toEqual([])
})

it.each(['dataset', 'job'])('counts the facets of a %s event', (kind) => {
  const { eventTime, job } = runEvent()
  const own =
    kind === 'dataset'
      ? { dataset: { ...dataset('a'), facets: byName(100_001) } }
      : { job: { ...job, facets: byName(100_001) } }
  expect(problemsOf({ eventTime, ...own })).toHaveLength(1)
})
