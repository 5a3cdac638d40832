import { describe, expect, it } from 'vitest'
import type { ReplayOptions } from '../../src/replay/replay-context.ts'
import { type FoundReplay, planReplay } from '../../src/replay/replay-plan.ts'

const plain: ReplayOptions = { restart: false, cancel: false, acceptDifferences: false, swap: true }
const plan = (
  generation: number,
  isBegun: boolean,
  last: FoundReplay | undefined,
  options: Partial<ReplayOptions> = {},
) => planReplay({ generation, isBegun, last }, { ...plain, ...options })
const undecided = expect.objectContaining({ code: 'REPLAY_UNDECIDED' })

describe('the plan of a replay', () => {
  it('is to build the next generation when no replay is unfinished', () => {
    expect(plan(0, false, undefined)).toEqual({ kind: 'build', generation: 1, resume: false })
    expect(plan(3, false, { generation: 3, state: 'finished' })).toEqual({
      kind: 'build',
      generation: 4,
      resume: false,
    })
    expect(plan(3, false, { generation: 4, state: 'cancelled' })).toMatchObject({ kind: 'build', generation: 5 })
  })

  it.each(['building', 'pausing', 'stopped'] as const)('is to resume a replay that ended while %s', (state) => {
    expect(plan(0, true, { generation: 1, state })).toEqual({ kind: 'build', generation: 1, resume: true })
  })

  it('is to drop the old tables when they were swapped already, whatever the state and the options', () => {
    for (const state of ['pausing', 'stopped', 'swapped'] as const) {
      expect(plan(1, true, { generation: 1, state })).toEqual({ kind: 'tidy', generation: 1 })
      expect(plan(1, true, { generation: 1, state }, { cancel: true })).toEqual({ kind: 'tidy', generation: 1 })
    }
  })

  it('is left to the user when differences were found, or no replay is recorded for the rebuilt tables', () => {
    expect(() => plan(0, true, { generation: 1, state: 'differs' })).toThrow(undecided)
    expect(() => plan(0, true, undefined)).toThrow(undecided)
    expect(() => plan(0, true, { generation: 1, state: 'cancelled' })).toThrow(undecided)
  })

  it('follows the options of the user', () => {
    const differs = { generation: 1, state: 'differs' } as const
    expect(plan(0, true, differs, { acceptDifferences: true })).toEqual({ kind: 'build', generation: 1, resume: true })
    expect(plan(0, true, differs, { restart: true })).toEqual({ kind: 'build', generation: 2, resume: false })
    expect(plan(0, true, differs, { cancel: true })).toEqual({ kind: 'cancel', generation: 1 })
    expect(plan(0, true, undefined, { cancel: true })).toEqual({ kind: 'cancel', generation: 0 })
    expect(plan(0, false, undefined, { cancel: true })).toEqual({ kind: 'nothing' })
  })
})
