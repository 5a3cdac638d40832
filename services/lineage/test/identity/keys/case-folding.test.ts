import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AliasRow, aliasIndex, caseFoldedKeys } from '../../../src/index.ts'

const row = (asset: string, alias: string, parts: Partial<AliasRow>): AliasRow => ({
  ...{ asset, alias, source: 'case', aliasedAt: 1, unaliasedAt: 0 },
  ...parts,
})

describe('Case folding', () => {
  it.each([
    ['snowflake://org-acct/db/s/orders', 'snowflake://org-acct/DB/S/ORDERS'],
    ['snowflake://org-acct/DB/S/ORDERS'],
    ['snowflake://org-acct/DB/S/Orders'],
    ['snowflake://db/s/orders', 'snowflake://db/S/ORDERS', 'snowflake://DB/S/ORDERS'],
    ['postgres://DB/S/T', 'postgres://DB/s/t', 'postgres://db/s/t'],
    ['hive://Default/Daily', 'hive://Default/daily', 'hive://default/daily'],
    ['snowflake:///db/s/orders', 'snowflake:///DB/S/ORDERS'],
    ['oracle://host/svc/s/t1', 'oracle://host/SVC/S/T1'],
    ['postgres://host/DB/S/T', 'postgres://host/db/s/t'],
    ['postgres://host/db/s/Quoted'],
    ['redshift://c.eu-west-1/dev/public/Orders', 'redshift://c.eu-west-1/dev/public/orders'],
    ['unitycatalog:///Main/s/T', 'unitycatalog:///main/s/t'],
    ['hive://host/Default/Daily', 'hive://host/default/daily'],
    ['snowflake://org-acct/db/s/a%20b', 'snowflake://org-acct/DB/S/a%20b'],
    ['snowflake://org-acct/DB/public/orders', 'snowflake://org-acct/DB/PUBLIC/ORDERS'],
    ['snowflake://org-acct/db/public/Orders', 'snowflake://org-acct/DB/PUBLIC/Orders'],
    ['snowflake://org-acct/DB//orders', 'snowflake://org-acct/DB//ORDERS'],
    ['postgres://host/db/PUBLIC/ORDERS', 'postgres://host/db/public/orders'],
    ['postgres://host/DB/public/ORDERS', 'postgres://host/DB/public/orders'],
    ['hive://host/a%20B/T', 'hive://host/a%20B/t'],
    ['bigquery://p/D/t'],
    ['clickhouse://host/db/T'],
    ['s3://bucket/Path'],
  ])('of %s follows the engine', (key, ...folded) => expect(caseFoldedKeys(key)).toEqual(folded))

  it('is idempotent', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', 'B', '1', '_', 'ß', 'İ', '/', '/', '%20') })
    const scheme = fc.constantFrom('snowflake', 'postgres', 'hive', 's3')
    fc.assert(
      fc.property(scheme, segment, (name, path) => {
        const folded = caseFoldedKeys(`${name}://host/${path}`)
        for (const key of folded) for (const again of caseFoldedKeys(key)) expect(folded).toContain(again)
      }),
    )
  })
})

describe('Keys that differ in case', () => {
  const [upper, lower] = ['snowflake://org-acct/DB/S/T', 'snowflake://org-acct/db/s/t']

  it('are one asset although both are tables, under the key that events contain', () => {
    const index = aliasIndex({ rows: [row(upper, lower, {})] })
    expect([lower, upper].map(index.canonical)).toEqual([lower, lower])
    expect(index.refused).toEqual([])
  })

  it('are one asset where one lacks the authority that a rule fills in', () => {
    const bare = 'snowflake://db/s/t'
    const rows = caseFoldedKeys(bare).map((asset) => row(asset, bare, {}))
    const configured = [{ from: 'snowflake://', to: 'snowflake://org-acct', since: null }]
    const index = aliasIndex({ rows, configured })
    expect(index.canonical(upper)).toBe(index.canonical(bare))
  })

  it('are two assets when people deny the alias', () => {
    const denied = row(upper, lower, { source: 'declared', aliasedAt: 0, unaliasedAt: 5 })
    const index = aliasIndex({ rows: [row(upper, lower, {}), denied] })
    expect(index.canonical(lower)).toBe(lower)
  })
})
