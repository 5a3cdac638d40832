import fc from 'fast-check'
import type { AliasSource } from '../../../src/identity/aliases/alias-row.ts'

export const keys = [
  ...['s3://lake/a', 's3://lake/b', 's3://lake/c/d', 's3://10.0.0.5/a', 's3://10.0.0.5/x'],
  ...[
    'hive://h/default/a',
    'hive://h/default/b',
    'hive://old/default/a',
    'postgres://db/s/t',
    'postgres:///db/s/t',
    'postgres://host/db/s/t',
  ],
]
const key = fc.constantFrom(...keys)
export const row = fc.record({
  asset: key,
  alias: key,
  source: fc.constantFrom<AliasSource>('declared', 'table_symlink', 'symlink', 'renamed'),
  aliasedAt: fc.nat(4),
  unaliasedAt: fc.nat(3),
})
const prefix = fc.constantFrom(
  's3://lake',
  's3://10.0.0.5',
  's3://lake/a',
  'hive://h',
  'hive://old',
  'postgres://',
  'postgres://host',
)
const rule = fc
  .record({ asset: prefix, alias: prefix, aliasedAt: fc.nat(4), unaliasedAt: fc.nat(2) })
  .map((times) => ({ ...times, source: 'authority' as const }))
/** Random alias rows of a few keys, and when the keys were last written. */
export const world = fc
  .tuple(fc.array(row, { maxLength: 12 }), fc.array(rule, { maxLength: 3 }), fc.dictionary(key, fc.nat(4)))
  .map(([rows, rules, lives]) => ({ rows: [...rows, ...rules], lastSuccess: (of: string) => lives[of] }))
