import { describe, expect, it } from 'vitest'
import { parseChaosCommand } from '../../src/chaos/chaos-command.ts'

describe('The command', () => {
  it('runs twenty minutes with a new seed unless it is told otherwise', () => {
    expect(parseChaosCommand([], 5)).toMatchObject({ minutes: 20, seed: 5, rate: 500, questions: 1_000 })
    expect(parseChaosCommand(['--minutes', '0.5', '--seed', '7', '--json'], 5)).toMatchObject({
      ...{ minutes: 0.5, seed: 7, json: true, every: undefined },
    })
    expect(parseChaosCommand(['--every', '2'], 5)).toMatchObject({ every: 2 })
  })

  it('refuses what is no number, and what it does not know, in one line', () => {
    expect(() => parseChaosCommand(['--minutes', 'soon'], 5)).toThrow(
      '--minutes must be a number greater than 0, not "soon"',
    )
    expect(() => parseChaosCommand(['--seed', '1.5'], 5)).toThrow('--seed must be a whole number')
    expect(() => parseChaosCommand(['--speed', '1'], 5)).toThrow(/^Unknown option '--speed'[^\n]*$/)
  })
})
