import { expect, it } from 'vitest'
import { deadLetterDifferences } from '../../../src/chaos/verify/dead-letter-differences.ts'

it('Dead letters must name all poison and nothing else, and may do so again', () => {
  const poison = new Set(['log:0:1', 'log:0:2'])
  expect(deadLetterDifferences(poison, ['log:0:2', 'log:0:1', 'log:0:2'])).toEqual({
    missing: [],
    extra: [],
    repeated: 1,
  })
  expect(deadLetterDifferences(poison, ['log:0:1', 'log:0:7'])).toEqual({
    missing: ['log:0:2'],
    extra: ['log:0:7'],
    repeated: 0,
  })
})
