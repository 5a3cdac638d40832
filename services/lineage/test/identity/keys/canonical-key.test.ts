import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetKeyProblem, maxAssetKeyLength } from '../../../src/identity/keys/asset-key.ts'
import { canonicalKey } from '../../../src/identity/keys/canonical-key.ts'
import { datasetNameOf } from '../../../src/identity/keys/dataset-name.ts'
import { datasetNames } from './dataset-names.ts'

describe('The canonical key of a dataset', () => {
  it('is valid for any two texts', () => {
    fc.assert(
      fc.property(datasetNames, (dataset) => {
        expect(assetKeyProblem(canonicalKey(dataset))).toBeUndefined()
      }),
      {
        numRuns: 1_000,
      },
    )
  })

  it('has an OpenLineage pair with this key', () => {
    fc.assert(
      fc.property(datasetNames, (dataset) => {
        const key = canonicalKey(dataset)
        expect(canonicalKey(datasetNameOf(key))).toBe(key)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is cut and ends with a hash when it is too long', () => {
    const long = (name: string) => canonicalKey({ namespace: 's3://b', name })
    const key = long('x'.repeat(100_000))
    expect(key).toMatch(/^s3:\/\/b\/x+~[0-9a-f]{32}$/)
    expect(key).toHaveLength(maxAssetKeyLength)
    expect(key).not.toBe(long(`${'x'.repeat(100_000)}y`))
    expect(long('é '.repeat(1_000))).toMatch(/[^%]{2}%20é?~[0-9a-f]{32}$/)
    expect(long('x'.repeat(maxAssetKeyLength - 7))).not.toContain('~')
  })

  it('is only a hash when the server is too long', () => {
    const key = canonicalKey({ namespace: `kafka://${'x'.repeat(2_000)}`, name: 'orders' })
    expect(key).toMatch(/^dataset:\/\/kafka~[0-9a-f]{32}$/)
    expect(key).not.toBe(canonicalKey({ namespace: `kafka://${'x'.repeat(2_000)}`, name: 'payments' }))
  })

  it.each(['/', '[.', '%', 'a.', '"', ':1', '@', '.snowflakecomputing.com', '.privatelink', ';db=x'])(
    'is made in time that grows with the length: %s',
    (unit) => {
      const text = `${unit.repeat(100_000 / unit.length)}]x`
      const started = performance.now()
      canonicalKey({ namespace: 'postgres://h', name: text })
      for (const scheme of ['postgres', 'snowflake']) canonicalKey({ namespace: `jdbc:${scheme}://${text}`, name: 't' })
      expect(performance.now() - started).toBeLessThan(2_000)
    },
  )
})

it.each([
  ['s3://bucket', { namespace: 's3://bucket', name: '/' }],
  ['s3://bucket/a%20b', { namespace: 's3://bucket', name: 'a b' }],
  ['postgres://h:6432/d/s/a.b', { namespace: 'postgres://h:6432', name: 'd.s."a.b"' }],
  ['kafka://a,b:9093/t', { namespace: 'kafka://a:9092,b:9093', name: 't' }],
  ['postgres://%5B::1%5D/d/s/t', { namespace: 'postgres://[::1]:5432', name: 'd.s.t' }],
  ['dataset://bigquery/t', { namespace: 'dataset://bigquery', name: 't' }],
  ['constructor://x/y', { namespace: 'constructor://x', name: 'y' }],
  ['no key', { namespace: '', name: 'no key' }],
])('%s has a pair', (key, pair) => expect(datasetNameOf(key)).toEqual(pair))
