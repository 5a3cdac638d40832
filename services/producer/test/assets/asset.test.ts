import { describe, expect, it } from 'vitest'
import { Asset, keyProblem } from '../../src/assets/asset.ts'

describe('the key of an asset', () => {
  it.each(['s3://bucket/path', new Asset('postgres://host/db/schema/table')])('may be %s', (like) => {
    expect(keyProblem(like)).toBeUndefined()
  })

  it.each([
    ['s3://a%20b', 'the character %'],
    ['fabric-warehouse://h/t', 'a scheme of lower-case letters and digits'],
    [`s3://${'x'.repeat(600)}`, 'at most 512'],
    [7, 'not number'],
  ])('is not %s, since Prefect would not take it', (like, reason) => expect(keyProblem(like)).toContain(reason))
})
