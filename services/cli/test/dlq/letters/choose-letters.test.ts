import { formatPosition } from '@headwater/kafka'
import { describe, expect, it } from 'vitest'
import { chooseLetters, letterAt } from '../../../src/dlq/letters/choose-letters.ts'
import { DeadLetters } from '../../../src/dlq/letters/fold-dead-letters.ts'
import { letterNames } from '../../../src/dlq/letters/letter-name.ts'
import { decision, refusal } from '../letter-records.ts'

const folded = new DeadLetters()
for (const record of [
  refusal('t:0:10', 1),
  refusal('t:0:20', 2, { 'reason-code': 'EMPTY' }),
  refusal('t:0:30', 3),
  decision('t:0:30', 'dropped'),
])
  folded.add(record)
const letters = folded.all()
const chosen = (positions: readonly string[], all = false, code?: string) =>
  chooseLetters(letters, positions, { all, code }).map(({ position }) => formatPosition(position))

describe('the dead letters that a command applies to', () => {
  it('are all open ones, or those of a code', () => {
    expect(chosen([], true)).toEqual(['t:0:20', 't:0:10'])
    expect(chosen([], true, 'EMPTY')).toEqual(['t:0:20'])
    expect(chosen([], true, 'EMPTI')).toEqual([])
  })

  it('are those at the given positions, resolved or not, once each', () => {
    expect(chosen(['t:0:30', 't:0:10,t:0:30'])).toEqual(['t:0:30', 't:0:10'])
  })

  it.each([
    ['neither positions nor --all', [], false, undefined, /or --all/],
    ['both', ['t:0:10'], true, undefined, /not both/],
    ['a code without --all', ['t:0:10'], false, 'EMPTY', /--all/],
    ['an invalid position', ['t:0'], false, undefined, /Invalid position t:0/],
  ])('are not inferred from %s', (_, positions, all, code, problem) => {
    expect(() => chosen(positions, all, code)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
    expect(() => chosen(positions, all, code)).toThrow(problem)
  })

  it('must exist: an error names the nearest one', () => {
    const at = (offset: number, partition = 0) =>
      letterAt(letters, { position: { topic: 't', partition, offset }, id: undefined })
    expect(() => at(24)).toThrow(/No dead letter at t:0:24; the nearest is at t:0:20\. .*dlq list --all/)
    expect(() => at(24, 1)).toThrow(/No dead letter at t:1:24\. /)
  })

  it('are named by an id where a topic that was created again has several at a position', () => {
    const both = new DeadLetters()
    for (const [time, at] of [
      ['900', 1],
      ['4000', 2],
    ] as const)
      both.add(refusal(`t:0:10@${time}`, at, { 'recorded-at': time }))
    const ids = (...names: readonly string[]) => chooseLetters(both.all(), names, { all: false }).map(({ id }) => id)
    expect(ids('t:0:10@900', 't:0:10@4000')).toEqual(['t:0:10@900', 't:0:10@4000'])
    expect(() => ids('t:0:10')).toThrow(/Several dead letters are at t:0:10.*Name one: t:0:10@4000, t:0:10@900/)
    expect(() => ids('t:0:10@7')).toThrow(/Name one/)
    expect(both.all().map(letterNames(both.all()))).toEqual(['t:0:10@4000', 't:0:10@900'])
    expect(letters.map(letterNames(letters))).toEqual(['t:0:30', 't:0:20', 't:0:10'])
    expect(chosen(['t:0:30@900'])).toEqual(['t:0:30'])
    expect(() => chosen(['t:0:30@7'])).toThrow(/another one. Name it: t:0:30@900/)
  })
})
