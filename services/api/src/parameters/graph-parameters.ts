import { Type } from 'typebox'
import { directions } from '../contract/graph-fields.ts'
import { oneOf } from '../contract/schema.ts'

export const depthParameter = (byDefault: number) =>
  Type.Integer({ minimum: 0, maximum: 1_000, default: byDefault, description: 'Greatest distance, in edges' })

export const maxNodesParameter = (byDefault: number) =>
  Type.Integer({ minimum: 1, maximum: 10_000, default: byDefault, description: 'Greatest number of nodes to visit' })

/** Parameters of a walk through a graph, with their defaults. */
export const walkParameters = ({ depth, maxNodes }: { readonly depth: number; readonly maxNodes: number }) => ({
  direction: Type.Unsafe<(typeof directions)[number]>({
    ...oneOf(directions, 'upstream: what the asset is made from; downstream: what is made from it'),
    default: 'both',
  }),
  depth: depthParameter(depth),
  maxNodes: maxNodesParameter(maxNodes),
})
