import { describe, expect, it } from 'vitest'
import { DeadLetters } from '../../../src/dlq/letters/fold-dead-letters.ts'
import { lastPositions, retryOutcomes } from '../../../src/dlq/resolving/retry-outcomes.ts'
import { refusal } from '../letter-records.ts'

const lettersOf = (...positions: readonly string[]) => {
  const letters = new DeadLetters()
  for (const position of positions) letters.add(refusal(position))
  return letters.all()
}
const [letter] = lettersOf('t:0:1')
const retry = (offset: number, partition = 0) => ({ letter: letter!, retriedAs: { topic: 't', partition, offset } })

describe('the outcome of a retry', () => {
  it('is refused when its new position has a dead letter, whatever else happened', () => {
    const after = [...lettersOf('t:0:1'), ...lettersOf('t:0:8').map((each) => ({ ...each, retryOf: 't:0:1' }))]
    expect(retryOutcomes([retry(8), retry(9)], after, 'folded').map(({ kind }) => kind)).toEqual(['refused', 'folded'])
    expect(retryOutcomes([retry(8), retry(9)], after, 'pending').map(({ kind }) => kind)).toEqual([
      'refused',
      'pending',
    ])
  })

  it('is not that of an older dead letter at its new position, in a topic that was created again', () => {
    expect(retryOutcomes([retry(8)], lettersOf('t:0:1', 't:0:8'), 'folded')).toMatchObject([{ kind: 'folded' }])
  })

  it('is known at the last position of each partition', () => {
    expect(lastPositions([retry(8), retry(9), retry(3, 1), retry(7)])).toEqual([
      { topic: 't', partition: 0, offset: 9 },
      { topic: 't', partition: 1, offset: 3 },
    ])
  })
})
