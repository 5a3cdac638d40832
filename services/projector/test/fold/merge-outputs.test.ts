import { buildMaterialization } from '@headwater/testing/events'
import { expect, it } from 'vitest'
import { mergeOutputs } from '../../src/fold/merge-outputs.ts'

it('an output that is named twice has what is said of its inputs and columns both times', () => {
  const made = (column: string) => ({
    column,
    inputs: [{ key: 's3://a', column, transformation: null, kind: null, masking: null, description: null }],
  })
  const { event } = buildMaterialization({
    outputs: [
      { key: 's3://o', inputs: ['s3://a'], columnLineage: [made('x')] },
      { key: 's3://o', inputs: ['s3://b'], columnLineage: [made('y')] },
    ],
  })
  expect(mergeOutputs(event.outputs)).toMatchObject([
    { key: 's3://o', inputs: ['s3://a', 's3://b'], columnLineage: [made('x'), made('y')] },
  ])
})
