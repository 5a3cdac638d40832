import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../src/index.ts'

describe('withoutSecrets', () => {
  it.each([
    [{ 'database.password': 'x' }, { 'database.password': '***' }],
    [
      { AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu' },
      { AWS_SECRET_ACCESS_KEY: '***', AWS_REGION: 'eu' },
    ],
    [{ spark: [{ 'fs.azure.account.key': 'x' }] }, { spark: [{ 'fs.azure.account.key': '***' }] }],
    [
      { apiKey: 'x', api_token: 'y', primaryKey: 'id' },
      { apiKey: '***', api_token: '***', primaryKey: 'id' },
    ],
    [{ configs: ['database.password=x', 'a=b'] }, { configs: ['database.password=***', 'a=b'] }],
    [
      { name: 'PGPASSWORD', value: 'x' },
      { name: 'PGPASSWORD', value: '***' },
    ],
    [
      { key: 'db.token', v: 'x' },
      { key: 'db.token', v: '***' },
    ],
    [
      ['mysql', '--password', 'x', '--ssl'],
      ['mysql', '--password', '***', '--ssl'],
    ],
    [[['spark.a.password', 'x']], [['spark.a.password', '***']]],
    [{ secrets: { db: 'x', list: ['y'] } }, { secrets: { db: '***', list: ['***'] } }],
    [{ password: { value: 'x' } }, { password: { value: '***' } }],
    [{ text: '{"password":"x","n":1}' }, { text: '{"password":"***","n":1}' }],
    [{ 'postgres://u:p@h/db': 1 }, { 'postgres://u:***@h/db': 1 }],
  ])('%j is %j', (value, expected) => {
    expect(withoutSecrets(value)).toEqual(expected)
    expect(withoutSecrets(expected)).toBe(expected)
  })

  it.each([
    [{ password: '', token: 5, secret: true, pwd: null }],
    [{ total_tokens: 512, max_tokens: '4096', tokens: ['a', 'b'] }],
    [{ columns: ['password', 'token'] }],
    [{ fields: [{ name: 'password', type: 'VARCHAR', description: 'of the account' }] }],
    [{ password: { inputFields: [{ namespace: 'postgres://h', name: 'db.t', field: 'password' }] } }],
    [{ columnMetrics: { password: { nullCount: 0, type: 'string' } } }],
    [{ types: { password: 'varchar(20)', token: 'STRING' } }],
    [{ PWD: '/app', eos_token: '</s>' }],
  ])('keeps %j', (value) => {
    expect(withoutSecrets(value)).toBe(value)
  })

  it('returns any value without secrets as it is, and is the same applied twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const masked = withoutSecrets(value)
        expect(withoutSecrets(masked)).toEqual(masked)
        if (JSON.stringify(masked) === JSON.stringify(value)) expect(masked).toBe(value)
      }),
      { numRuns: 1_000 },
    )
  })

  it('ends at any depth', () => {
    const json = `${'['.repeat(100_000)}"password=x"${']'.repeat(100_000)}`
    expect(JSON.stringify(withoutSecrets(JSON.parse(json)))).not.toContain('password=x')
  })
})
