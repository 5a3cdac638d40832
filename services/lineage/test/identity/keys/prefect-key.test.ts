import { describe, expect, it } from 'vitest'
import { assetKeyProblem } from '../../../src/identity/keys/asset-key.ts'
import { maxPrefectKeyLength, prefectKeyProblem } from '../../../src/identity/keys/prefect-key.ts'

describe('a key that Prefect allows', () => {
  it.each(['s3://bucket/path', 'postgres://host/db/schema/table', `s3://${'x'.repeat(maxPrefectKeyLength - 5)}`])(
    'is %s, and is an asset key',
    (key) => expect([prefectKeyProblem(key), assetKeyProblem(key)]).toEqual([undefined, undefined]),
  )

  it.each([
    [`s3://${'x'.repeat(maxPrefectKeyLength)}`, 'has 517 characters; at most 512'],
    ['s3://a%20b', 'the character % at character 7'],
    ['fabric-warehouse://h/t', 'a scheme of lower-case letters and digits and "://"'],
  ])('is not %s, though it is an asset key', (key, reason) => {
    expect(prefectKeyProblem(key)).toContain(reason)
    expect(assetKeyProblem(key)).toBeUndefined()
  })

  it.each(['', 's3://', 's3://a b', 'bucket'])('is not %j, which is no asset key either', (key) => {
    expect(prefectKeyProblem(key)).toBe(assetKeyProblem(key) ?? 'none')
  })
})
