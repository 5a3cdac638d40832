import { buildMaterialization } from '@headwater/testing/events'
import { expect, it } from 'vitest'
import { mergeOutputs } from '../../src/fold/merge-outputs.ts'

it('merges the inputs and columns of an output that an event names twice', () => {
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
