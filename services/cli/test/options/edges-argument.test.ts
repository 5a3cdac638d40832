import { describe, expect, it } from 'vitest'
import { edgesArgument } from '../../src/options/edges-argument.ts'

describe('a choice of edges on the command line', () => {
  it.each([
    ['current', 'current'],
    ['ever', 'ever'],
    ['seenWithin=30d', 'seenWithin=30d'],
    ['seen-within=12h', 'seenWithin=12h'],
  ])('%s is %s to the API', (text, choice) => expect(edgesArgument(text)).toBe(choice))

  it.each(['', 'all', 'seenWithin', 'seenWithin=', 'seenWithin=soon', '30d'])(
    '"%s" is refused with the choices',
    (text) => expect(() => edgesArgument(text)).toThrow('current, ever, or seenWithin=30d'),
  )
})
