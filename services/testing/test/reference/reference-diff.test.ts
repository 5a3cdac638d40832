import type { HeadwaterEvent } from '@headwater/schemas'
import { referenceDiff } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { arrows, at, drop, recorded, run } from './scene.ts'

const job = { jobNamespace: 'test', jobName: 'load' }
const other = { namespace: 'test', name: 'other', type: null }
const edge = { from: 'a', to: 'x', ...job }
const reads = { inputs: ['a'], outputs: ['x'] }
const silent = { outputs: ['x'] }
const causedBy = (kind: 'run' | 'restored', runId: string, second: number, jobName = 'load') => ({
  kind,
  jobNamespace: 'test',
  jobName,
  runId,
  at: at(second),
})
const diffOf = (from: number, to: number, ...events: readonly HeadwaterEvent[]) =>
  referenceDiff(recorded(...events), at(from), at(to))
const added = (cause: object) => ({ added: [{ ...edge, cause }], removed: [] })
const removed = (cause: object) => ({ added: [], removed: [{ ...edge, cause }] })

describe('An added edge', () => {
  it('is caused by the first of the last block of runs that assert it', () => {
    const events = [run('r1', 1, reads), run('r2', 2, silent), run('r3', 3, reads), run('r4', 4, reads)]
    expect(diffOf(0, 9, ...events)).toEqual(added(causedBy('run', 'r3', 3)))
    expect(diffOf(2, 9, ...events)).toEqual(added(causedBy('run', 'r3', 3)))
    expect(diffOf(1, 9, ...events)).toEqual({ added: [], removed: [] })
  })

  it('is caused by the former latest success where that is no longer one', () => {
    const events = [run('r1', 1, reads), run('r2', 2, silent), run('r2', 5, { state: 'FAILED' })]
    expect(diffOf(3, 9, ...events)).toEqual(added(causedBy('run', 'r2', 5)))
    const completed = [run('r1', 1, reads), run('r2', 2, silent), run('r2', 5, { state: 'STARTED', inputs: ['a'] })]
    expect(diffOf(3, 9, ...completed)).toEqual(added(causedBy('run', 'r2', 2)))
  })

  it('is caused by the run that succeeded late, not by the run before it', () => {
    const events = [run('r1', 1, silent), run('r2', 2, { ...reads, state: 'STARTED' }), run('r2', 5, {})]
    expect(diffOf(3, 9, ...events)).toEqual(added(causedBy('run', 'r2', 5)))
  })

  it('is restored by the first success of any job after the last drop', () => {
    const events = [
      run('r1', 1, reads),
      drop('x', 2),
      run('w1', 4, { job: other, outputs: ['x'] }),
      run('r2', 5, reads),
    ]
    expect(diffOf(3, 9, ...events)).toEqual(added(causedBy('restored', 'w1', 4, 'other')))
    const droppedAgain = [...events, drop('x', 4.5)]
    expect(diffOf(3, 9, ...droppedAgain)).toEqual(added(causedBy('restored', 'r2', 5)))
  })

  it('is restored by a success at the time of the last drop', () => {
    const events = [run('r1', 1, reads), drop('x', 2), drop('x', 4), run('r2', 4, reads), run('r3', 5, reads)]
    expect(diffOf(3, 9, ...events)).toEqual(added(causedBy('restored', 'r2', 4)))
  })

  it('is restored by the later run where both ends were dropped', () => {
    const source = { job: other, outputs: ['a'] }
    const events = [run('r1', 1, reads), drop('x', 2), drop('a', 2)]
    const backInOrder = [run('w1', 4, source), run('r2', 5, reads), run('w2', 6, source)]
    expect(diffOf(3, 9, ...events, ...backInOrder)).toEqual(added(causedBy('restored', 'r2', 5)))
    const atOnce = [run('w1', 4, source), run('r2', 4, reads)]
    expect(diffOf(3, 9, ...events, ...atOnce)).toEqual(added(causedBy('restored', 'w1', 4, 'other')))
  })

  it('is restored by the run that wrote the dropped end', () => {
    const events = [run('w1', 0, { job: other, outputs: ['a'] }), run('r1', 1, reads), drop('a', 2)]
    const back = [run('r2', 4, reads), run('w2', 5, { job: other, outputs: ['a'] })]
    expect(diffOf(3, 9, ...events, ...back)).toEqual(added(causedBy('restored', 'w2', 5, 'other')))
  })

  it('is caused by a run, where the run before the drop did not read it', () => {
    const events = [run('r1', 1, silent), drop('x', 2), run('r2', 4, reads)]
    expect(diffOf(3, 9, ...events)).toEqual(added(causedBy('run', 'r2', 4)))
  })
})

describe('A removed edge', () => {
  it('is caused by the first success after the last that asserted it', () => {
    const events = [run('r1', 1, reads), run('r2', 2, reads), run('r3', 3, silent), run('r4', 4, silent)]
    expect(diffOf(1, 9, ...events)).toEqual(removed(causedBy('run', 'r3', 3)))
  })

  it('is caused by the run that asserted it, where that run failed later', () => {
    const events = [run('r1', 1, reads), run('r1', 5, { state: 'FAILED' }), run('r2', 6, silent)]
    expect(diffOf(1, 9, ...events)).toEqual(removed(causedBy('run', 'r1', 5)))
    expect(diffOf(1, 5, ...events)).toEqual(removed(causedBy('run', 'r1', 5)))
  })

  it('is caused by the run that asserted it, where that run reports other inputs later', () => {
    const correction = run('r1', 5, { state: 'RUNNING', outputs: [{ key: 'x', inputs: [] }] })
    expect(diffOf(1, 9, run('r1', 1, reads), correction)).toEqual(removed(causedBy('run', 'r1', 1)))
  })

  it('is caused by the drop of an end: of two the later, `from` at a tie', () => {
    const written = run('r1', 1, reads)
    const dropped = (asset: string, second: number) => removed({ kind: 'dropped', asset, at: at(second) })
    expect(diffOf(1, 9, written, drop('x', 3), drop('x', 4))).toEqual(dropped('x', 4))
    expect(diffOf(1, 9, written, drop('a', 3))).toEqual(dropped('a', 3))
    expect(diffOf(1, 9, written, drop('a', 3), drop('x', 4))).toEqual(dropped('x', 4))
    expect(diffOf(1, 9, written, drop('a', 4), drop('x', 3))).toEqual(dropped('a', 4))
    expect(diffOf(1, 9, written, drop('a', 3), drop('x', 3))).toEqual(dropped('a', 3))
  })

  it('is caused by a run, where the edge is removed without the drop too', () => {
    expect(diffOf(1, 9, run('r1', 1, reads), run('r2', 2, silent), drop('x', 3))).toEqual(
      removed(causedBy('run', 'r2', 2)),
    )
  })
})

describe('A diff', () => {
  it('counts what was recorded by `knownAt`', () => {
    const records = [...recorded(run('r1', 1, reads)), { event: run('r2', 2, silent), recordedAt: at(7) }]
    expect(referenceDiff(records, at(1), at(9), at(6))).toEqual({ added: [], removed: [] })
    expect(arrows(referenceDiff(records, at(1), at(9), at(7)).removed)).toEqual(['a>x'])
  })

  it('is sorted by edge and then by job', () => {
    const two = { inputs: ['b', 'a'], outputs: ['y', 'x'] }
    const events = [run('r2', 1, { ...two, job: other }), run('r1', 1, two)]
    const names = diffOf(0, 9, ...events).added.map(({ from, to, jobName }) => `${from}>${to} ${jobName}`)
    const expected = ['a>x', 'a>y', 'b>x', 'b>y'].flatMap((arrow) => [`${arrow} load`, `${arrow} other`])
    expect(names).toEqual(expected)
  })

  it('does not go back in time', () => {
    expect(() => diffOf(2, 1, run('r1', 1, reads))).toThrow(RangeError)
  })
})
