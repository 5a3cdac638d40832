import { describe, expect, it } from 'vitest'
import type { ReplayOptions } from '../../src/replay/replay-options.ts'
import { type FoundReplay, planReplay } from '../../src/replay/replay-plan.ts'

const plain: ReplayOptions = { restart: false, cancel: false, acceptDifferences: false, swap: true }
const step = (
  generation: number,
  isBegun: boolean,
  last: FoundReplay | undefined,
  options: Partial<ReplayOptions> = {},
) => planReplay({ generation, isBegun, last }, { ...plain, ...options })
const undecided = expect.objectContaining({ code: 'REPLAY_UNDECIDED' })

describe('what a replay does first', () => {
  it('is to build the next generation where none is under way', () => {
    expect(step(0, false, undefined)).toEqual({ kind: 'build', generation: 1, resume: false })
    expect(step(3, false, { generation: 3, state: 'finished' })).toEqual({
      kind: 'build',
      generation: 4,
      resume: false,
    })
    expect(step(3, false, { generation: 4, state: 'cancelled' })).toMatchObject({ kind: 'build', generation: 5 })
  })

  it.each(['building', 'pausing', 'stopped'] as const)('is to go on with one that ended while %s', (state) => {
    expect(step(0, true, { generation: 1, state })).toEqual({ kind: 'build', generation: 1, resume: true })
  })

  it('is to drop the old tables where they were exchanged already, whatever was noted and asked', () => {
    for (const state of ['pausing', 'stopped', 'swapped'] as const) {
      expect(step(1, true, { generation: 1, state })).toEqual({ kind: 'tidy', generation: 1 })
      expect(step(1, true, { generation: 1, state }, { cancel: true })).toEqual({ kind: 'tidy', generation: 1 })
    }
  })

  it('is to ask a person where differences were found, or nobody knows what the rebuilt tables are', () => {
    expect(() => step(0, true, { generation: 1, state: 'differs' })).toThrow(undecided)
    expect(() => step(0, true, undefined)).toThrow(undecided)
    expect(() => step(0, true, { generation: 1, state: 'cancelled' })).toThrow(undecided)
  })

  it('is what the person said', () => {
    const differs = { generation: 1, state: 'differs' } as const
    expect(step(0, true, differs, { acceptDifferences: true })).toEqual({ kind: 'build', generation: 1, resume: true })
    expect(step(0, true, differs, { restart: true })).toEqual({ kind: 'build', generation: 2, resume: false })
    expect(step(0, true, differs, { cancel: true })).toEqual({ kind: 'cancel', generation: 1 })
    expect(step(0, true, undefined, { cancel: true })).toEqual({ kind: 'cancel', generation: 0 })
    expect(step(0, false, undefined, { cancel: true })).toEqual({ kind: 'nothing' })
  })
})
