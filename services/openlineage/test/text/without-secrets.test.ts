import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../src/text/without-secrets.ts'

describe('withoutSecrets', () => {
  it.each([
    [
      { 'database.password': 'x', 'database.hostname': 'db' },
      { 'database.password': '***', 'database.hostname': 'db' },
    ],
    [
      { AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu' },
      { AWS_SECRET_ACCESS_KEY: '***', AWS_REGION: 'eu' },
    ],
    [{ spark: [{ 'fs.azure.account.key': 'x' }] }, { spark: [{ 'fs.azure.account.key': '***' }] }],
    [
      { apiKey: 'x', api_token: 'y', primaryKey: 'id' },
      { apiKey: '***', api_token: '***', primaryKey: 'id' },
    ],
    [
      { name: 'PGPASSWORD', value: 'x' },
      { name: 'PGPASSWORD', value: '***' },
    ],
    [
      { name: 'HOME', value: '/root' },
      { name: 'HOME', value: '/root' },
    ],
    [
      { password: '', token: 5 },
      { password: '', token: 5 },
    ],
    ['postgres://etl:x@db:5432/shop', 'postgres://etl:***@db:5432/shop'],
    [
      'jdbc:postgresql://db/shop?user=etl&password=x&ssl=true',
      'jdbc:postgresql://db/shop?user=etl&password=***&ssl=true',
    ],
    ['jdbc:sqlserver://db;user=etl;password=x;encrypt=true', 'jdbc:sqlserver://db;user=etl;password=***;encrypt=true'],
    ['https://acct.blob.example/c/f?sv=1&sig=x%3D', 'https://acct.blob.example/c/f?sv=1&sig=***'],
    [
      "select * from users where email = 'a@b.c' and token = 1",
      "select * from users where email = 'a@b.c' and token = 1",
    ],
    ['abfss://container@acct.dfs.example/x', 'abfss://container@acct.dfs.example/x'],
  ])('%j is %j', (value, expected) => {
    expect(withoutSecrets(value)).toEqual(expected)
  })

  it('takes time in proportion to the length of a text', () => {
    const text = '://a:'.repeat(50_000)
    expect(withoutSecrets(`${text}@`)).toHaveLength(text.length + 1)
  })
})
