import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDottedName, parseDottedName } from '../../../src/identity/keys/dotted-name.ts'

describe('A dotted name', () => {
  it.each([
    ['db.s.t', ['db', 's', 't']],
    ['"db"."s"."t"', ['db', 's', 't']],
    ['`db`.[s].t', ['db', 's', 't']],
    ['"a.b".c', ['a.b', 'c']],
    ['"a""b".c', ['a"b', 'c']],
    ['[a]]b].c', ['a]b', 'c']],
    ['a"b.c', ['a"b', 'c']],
    ['"a.b', ['"a', 'b']],
    ['"a"b.c', ['"a"b', 'c']],
    ['D..T', ['D', '', 'T']],
    ['', ['']],
  ])('%s has the parts %j', (name, parts) => expect(parseDottedName(name)).toEqual(parts))

  it('has the parts that it was made from', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '.', '/', '"', '`', '[', ']', ' ', 'é') })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(parseDottedName(formatDottedName(parts))).toEqual(parts)
      }),
    )
  })
})
