import { describe, expect, it } from 'vitest'
import { aliasIndex } from '../../../src/identity/aliases/alias-index.ts'
import { parseAuthorityRules } from '../../../src/identity/authorities/parse-authority-rules.ts'
import { canonicalKey } from '../../../src/identity/keys/canonical-key.ts'

const by = (text: string) => aliasIndex({ rows: [], configured: parseAuthorityRules(text) })

describe('An authority rule', () => {
  it('rewrites keys that equal or lie below its prefix, and no others', () => {
    const { canonical } = by('postgres://10.0.0.5=postgres://analytics')
    expect(canonical('postgres://10.0.0.5/db/s/t')).toBe('postgres://analytics/db/s/t')
    expect(canonical('postgres://10.0.0.5')).toBe('postgres://analytics')
    expect(canonical('postgres://10.0.0.55/db/s/t')).toBe('postgres://10.0.0.55/db/s/t')
  })

  it.each([
    'postgres://10.0.0.5:5432=postgres://analytics:5432',
    'postgresql://10.0.0.5=postgresql://ANALYTICS',
    'postgres://10.0.0.5:5432/=postgres://analytics/',
  ])('may be written as tools write authorities: %s', (text) => {
    const { canonical } = by(text)
    const key = (namespace: string) => canonicalKey({ namespace, name: 'db.s.t' })
    expect(canonical(key('postgres://10.0.0.5:5432'))).toBe('postgres://analytics/db/s/t')
    expect(canonical(key('postgres://analytics:5432'))).toBe('postgres://analytics/db/s/t')
    expect(canonical(key('postgres://10.0.0.5:5433'))).toBe('postgres://10.0.0.5:5433/db/s/t')
  })

  it('also rewrites keys with the default port, until it is denied in any form', () => {
    const [asset, alias] = ['postgres://analytics', 'postgres://10.0.0.5:5432']
    const row = { asset, alias, source: 'authority', aliasedAt: 1, unaliasedAt: 0 } as const
    const { canonical } = aliasIndex({ rows: [row] })
    expect(canonical(`${alias}/db/s/t`)).toBe('postgres://analytics/db/s/t')
    const denied = { ...row, alias: 'postgresql://10.0.0.5', aliasedAt: 0, unaliasedAt: 2 }
    expect(aliasIndex({ rows: [denied, row] }).canonical('postgres://10.0.0.5/db/s/t')).toBe(
      'postgres://10.0.0.5/db/s/t',
    )
  })

  it('applies by the longest matching prefix, again until nothing changes', () => {
    const { canonical } = by('s3://a=s3://b,s3://a/x=s3://c/y,s3://b/z=s3://d')
    expect(canonical('s3://a/x/1')).toBe('s3://c/y/1')
    expect(canonical('s3://a/z/1')).toBe('s3://d/1')
  })

  it('has an inverse: every key that resolves to an asset', () => {
    const { keysOf } = by('s3://a=s3://b,s3://b/z=s3://d')
    expect(keysOf('s3://a/z/1')).toEqual(['s3://d/1', 's3://a/z/1', 's3://b/z/1'])
  })

  it.each([
    ['s3://a=s3://a/b', 's3://a/x'],
    ['s3://a=s3://b,s3://b=s3://a', 's3://b/x'],
    ['s3://a=s3://b/x,s3://b=s3://a', 's3://b/1'],
  ])('does not loop: %s', (text, key) => {
    const of = by(text)
    expect(of.refusedRules).toHaveLength(1)
    expect(of.canonical(of.canonical(key))).toBe(of.canonical(key))
  })

  it('fills in the missing authority of keys of tables', () => {
    const { canonical, keysOf } = by('snowflake://=snowflake://org-acct,mysql://=mysql://main')
    expect(canonical('snowflake://DB/S/T')).toBe('snowflake://org-acct/DB/S/T')
    expect(canonical('mysql://db/t')).toBe('mysql://main/db/t')
    for (const key of ['snowflake://org-acct/DB/S', 'snowflake://other/DB/S/T', 'snowflake://DB/S']) {
      expect(canonical(key)).toBe(key)
    }
    expect(keysOf('snowflake://DB/S/T')).toEqual([
      ...['snowflake://org-acct/DB/S/T', 'snowflake:///DB/S/T', 'snowflake://DB/S/T'],
    ])
  })

  it.each([
    ['snowflake', 'DB.S.T', 'snowflake://org-acct/DB/S/T'],
    ['hive', 'default.t', 'hive://org-acct/default/t'],
    ['kafka', 'topic', 'kafka://org-acct/topic'],
  ])('fills in the missing authority of a dataset of the namespace %s://', (scheme, name, key) => {
    const { canonical, keysOf } = by(`${scheme}://=${scheme}://org-acct`)
    const written = canonicalKey({ namespace: `${scheme}://`, name })
    expect(canonical(written)).toBe(key)
    expect(keysOf(key)).toContain(written)
  })

  it('fills in the authority that Spark leaves out on Databricks', () => {
    const { canonical } = by('unitycatalog://=unitycatalog://adb-1.2.azuredatabricks.net')
    const bySpark = canonicalKey({ namespace: 'unity-catalog', name: 'main.sales.orders' })
    const byDbt = canonicalKey({ namespace: 'databricks://adb-1.2.azuredatabricks.net', name: 'main.sales.orders' })
    expect(canonical(bySpark)).toBe(byDbt)
  })

  it.each(['postgres://a', 'a=b', 'postgres://a=postgres://', 'x://a=y://b=z://c'])(
    'is not configured by %s',
    (text) => {
      expect(() => parseAuthorityRules(text)).toThrow(RangeError)
    },
  )
})
