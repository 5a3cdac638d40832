import { describe, expect, it } from 'vitest'
import { assetKeyProblem } from '../../../src/identity/keys/asset-key.ts'
import { maxPrefectKeyLength, prefectKeyProblem } from '../../../src/identity/keys/prefect-key.ts'

describe('A key that Prefect allows', () => {
  it.each(['s3://bucket/path', 'postgres://host/db/schema/table', `s3://${'x'.repeat(maxPrefectKeyLength - 5)}`])(
    'may be %s, which is a valid asset key',
    (key) => expect([prefectKeyProblem(key), assetKeyProblem(key)]).toEqual([undefined, undefined]),
  )

  it.each([
    [`s3://${'x'.repeat(maxPrefectKeyLength)}`, 'has 517 characters; at most 512'],
    ['s3://a%20b', 'the character % at character 7'],
    ['fabric-warehouse://h/t', 'a scheme of lower-case letters and digits and "://"'],
  ])('may not be %s, which is a valid asset key', (key, reason) => {
    expect(prefectKeyProblem(key)).toContain(reason)
    expect(assetKeyProblem(key)).toBeUndefined()
  })

  it.each(['', 's3://', 's3://a b', 'bucket'])('may not be %j, which is not a valid asset key either', (key) => {
    expect(prefectKeyProblem(key)).toBe(assetKeyProblem(key) ?? 'valid')
  })
})
