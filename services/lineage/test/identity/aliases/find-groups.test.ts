import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findGroups } from '../../../src/identity/aliases/find-groups.ts'
import { aliasRules } from '../../../src/identity/authorities/authority-rewriting.ts'
import { world } from './random-statements.ts'

it('findGroups finds the same for one row, which has a fast path, as for the row repeated', () => {
  fc.assert(
    fc.property(world, fc.boolean(), ({ rows, lastSuccess }, isCase) => {
      const [first] = rows
      if (first === undefined) return
      const row = isCase ? { ...first, source: 'case' as const } : first
      const rules = aliasRules(rows, [])
      const sorted = ({ groups, refused, alone }: ReturnType<typeof findGroups>) => ({
        ...{ groups, refused },
        alone: [...new Set(alone)].sort(),
      })
      expect(sorted(findGroups([row], rules, lastSuccess))).toEqual(sorted(findGroups([row, row], rules, lastSuccess)))
    }),
    { numRuns: 2_000 },
  )
})
