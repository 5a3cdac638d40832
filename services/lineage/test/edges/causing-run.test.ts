import { describe, expect, it } from 'vitest'
import { addingRun, removingRun } from '../../src/edges/causing-run.ts'

const history = (...runs: readonly string[]) =>
  runs.map((text) => ({ runId: text.slice(0, 2), asserts: text.endsWith('+') }))
const never = () => false

describe('the run that added an edge', () => {
  it('is the first of the last consecutive successes that assert it', () => {
    expect(addingRun(history('r1+', 'r2-', 'r3+', 'r4+'), 'r2', (runId) => runId === 'r1')).toBe('r3')
  })

  it('is the first success of all when each asserts it', () => {
    expect(addingRun(history('r1+', 'r2+'), undefined, never)).toBe('r1')
  })

  it('is the earlier latest success, when that is no longer a success', () => {
    expect(addingRun(history('r1+'), 'r2', (runId) => runId === 'r1')).toBe('r2')
  })
})

describe('the run that removed an edge', () => {
  it('is the first success after the last that asserts it', () => {
    expect(removingRun(history('r1+', 'r2+', 'r3-', 'r4-'), 'r2', true)).toBe('r3')
  })

  it('is the success that asserted it, when later events made it fail or changed its inputs', () => {
    expect(removingRun(history('r1+', 'r3-'), 'r2', false)).toBe('r2')
    expect(removingRun([], 'r2', false)).toBe('r2')
  })
})
