import { Type } from 'typebox'
import { directions } from '../contract/graph-fields.ts'
import { oneOf } from '../contract/schema.ts'

export const depthParameter = (most: number) =>
  Type.Integer({ minimum: 0, maximum: 1_000, default: most, description: 'Greatest distance, in edges' })

export const maxNodesParameter = (most: number) =>
  Type.Integer({ minimum: 1, maximum: 10_000, default: most, description: 'Most nodes that are looked at' })

/** Parameters of a walk through a graph, with their defaults. */
export const walkParameters = ({ depth, maxNodes }: { readonly depth: number; readonly maxNodes: number }) => ({
  direction: Type.Unsafe<(typeof directions)[number]>({
    ...oneOf(directions, 'What it is made from, what is made from it, or both'),
    default: 'both',
  }),
  depth: depthParameter(depth),
  maxNodes: maxNodesParameter(maxNodes),
})
