import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AliasBuilder } from '../../../src/identity/aliases/alias-builder.ts'
import { type AliasIndex, aliasIndex } from '../../../src/identity/aliases/alias-index.ts'
import type { AliasRow } from '../../../src/identity/aliases/alias-row.ts'
import { keys, world } from './random-statements.ts'

type LastSuccess = (key: string) => number | undefined

function built(builder: AliasBuilder, lastSuccess: LastSuccess = () => undefined): AliasIndex {
  const steps = builder.build(lastSuccess)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

const plain = (index: AliasIndex, asked: readonly string[] = keys) => ({
  canonical: asked.map(index.canonical),
  keys: asked.map(index.keysOf),
  groups: index.groups,
  alone: index.alone.toSorted(),
  refused: index.refused,
  rules: [index.rules, index.refusedRules, index.ruleColumns, index.isEmpty],
})

describe('An index that is built step by step', () => {
  it('equals the index of all rows so far, and does not change when rows are added', () => {
    fc.assert(
      fc.property(fc.array(world, { minLength: 1, maxLength: 4 }), (worlds) => {
        const builder = new AliasBuilder()
        const rows: AliasRow[] = []
        const earlier: (() => void)[] = []
        for (const { rows: more, lastSuccess } of worlds) {
          for (const row of more) builder.put(row)
          for (const key of keys) builder.touch(key)
          rows.push(...more)
          const index = built(builder, lastSuccess)
          const expected = plain(aliasIndex({ rows, lastSuccess }))
          const isSame = () => expect(plain(index)).toEqual(expected)
          earlier.push(isSame)
        }
        for (const isSame of earlier) isSame()
      }),
    )
  })

  it('returns what a row changed', () => {
    const builder = new AliasBuilder()
    const row: AliasRow = { asset: 's3://a', alias: 's3://b', source: 'symlink', aliasedAt: 2, unaliasedAt: 0 }
    expect(builder.put(row)).toBe('meaning')
    expect(builder.put({ ...row, aliasedAt: 1 })).toBe('nothing')
    expect(builder.put({ ...row, aliasedAt: 3 })).toBe('times')
    expect(builder.put({ ...row, unaliasedAt: 4 })).toBe('meaning')
    expect(builder.put({ ...row, source: 'declared' })).toBe('meaning')
    expect(builder.put({ ...row, source: 'declared', aliasedAt: 3 })).toBe('meaning')
  })

  it('equals the index of all rows for many keys, for small and large changes', () => {
    const rows: AliasRow[] = []
    const builder = new AliasBuilder()
    for (const count of [11_500, 3, 60]) {
      for (let left = count; left > 0; left -= 1) {
        const at = rows.length
        const asset = `s3://lake/t${at % 7 === 0 ? Math.floor(at / 2) : at}`
        const row: AliasRow = { asset, alias: `hive://h/d/t${at}`, source: 'symlink', aliasedAt: 1, unaliasedAt: 0 }
        rows.push(row)
        builder.put(row)
      }
      const asked = rows.flatMap(({ asset, alias }, at) => (at % 50 === 0 ? [asset, alias] : []))
      expect(plain(built(builder), asked)).toEqual(plain(aliasIndex({ rows }), asked))
    }
  }, 30_000)
})
