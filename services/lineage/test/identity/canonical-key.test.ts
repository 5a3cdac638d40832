import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetKeyProblem } from '../../src/asset-key.ts'
import { canonicalKey } from '../../src/identity/canonical-key.ts'
import { datasetNameOf } from '../../src/identity/dataset-name-of.ts'
import { datasetNames } from './dataset-names.ts'

describe('the canonical key of a dataset', () => {
  it('is a valid key whatever the two texts are', () => {
    fc.assert(
      fc.property(datasetNames, (dataset) => {
        expect(assetKeyProblem(canonicalKey(dataset))).toBeUndefined()
      }),
      {
        numRuns: 2_000,
      },
    )
  })

  it('stands for an OpenLineage pair that has this key', () => {
    fc.assert(
      fc.property(datasetNames, (dataset) => {
        const key = canonicalKey(dataset)
        expect(canonicalKey(datasetNameOf(key))).toBe(key)
      }),
      { numRuns: 5_000 },
    )
  })
})
