import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assetKeyProblem,
  keyPrefixProblem,
  maxAssetKeyLength,
  parseAssetKey,
  platformOf,
} from '../../../src/identity/keys/asset-key.ts'

describe('Asset keys', () => {
  it.each([
    's3://bucket/path',
    'postgres://host/db/schema/table',
    'file:///tmp/x',
    'bigquery://p/d/t',
    'a1://x',
    'kafka://c:9092/t',
    's3://bucket/://',
    'fabric-warehouse://h/t',
    's3+x.y://h/t',
    's3://a%20b%2f',
    `s3://${'x'.repeat(maxAssetKeyLength - 5)}`,
  ])('accepts %s', (key) => expect(assetKeyProblem(key)).toBeUndefined())

  it.each([
    ['', 'empty'],
    ['bucket/path', 'scheme'],
    ['S3://bucket', 'scheme'],
    ['s3://', 'nothing after'],
    ['s3://a%2', 'the character % at character 7'],
    ['s3://a%2gb', 'the character % at character 7'],
    ['-a://b', 'scheme'],
    ['s3://a b', 'a space at character 7'],
    ['s3://a\tb', 'U+0009 at character 7'],
    ['s3://a\u0000b', 'U+0000'],
    [`s3://${'x'.repeat(maxAssetKeyLength)}`, 'has 2053 characters'],
  ])('refuses %j with the reason', (key, reason) => expect(assetKeyProblem(key)).toContain(reason))

  it('names each forbidden character and its place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...'#?&%"\'<>[]{}|\\^`'), fc.nat(20), (character, before) => {
        const problem = assetKeyProblem(`s3://${'x'.repeat(before)}${character}rest`)
        expect(problem).toContain(`the character ${character} at character ${before + 6}`)
      }),
    )
  })

  it('throws the same text when parsing', () => {
    expect(() => parseAssetKey('s3://a?b')).toThrow(assetKeyProblem('s3://a?b'))
  })

  it('have a platform', () => expect(platformOf('postgres://h/db')).toBe('postgres'))
})

describe('The prefix of an authority alias', () => {
  it.each(['snowflake://', 's3+x.y://', 'postgres://10.0.0.5', 's3://bucket/path'])('may be %s', (prefix) =>
    expect(keyPrefixProblem(prefix)).toBeUndefined(),
  )

  it.each(['', '://', 'Snowflake://', 'postgres', 'postgres://a b', `${'x'.repeat(maxAssetKeyLength)}://`])(
    'may not be %j',
    (text) => expect(keyPrefixProblem(text)).toEqual(expect.any(String)),
  )
})
