import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { AssetSummary } from './asset-page.ts'
import { edgeList, viewFields } from './lineage-answer.ts'
import { component, count, ref, text } from './schema.ts'

export const PathNode = component(
  'PathNode',
  Type.Object({ id: count('Id of the node within this answer'), ...AssetSummary.properties }),
)
export type PathNode = Static<typeof PathNode>

export const LineagePaths = answer('LineagePaths', {
  from: text('Key of the asset that data flows from'),
  to: text('Key of the asset that depends on it'),
  ...viewFields,
  paths: Type.Array(Type.Array(count('Id of a node')), {
    description: 'Node ids from `from` to `to`; shortest first, then sorted by key. No path contains a node twice',
  }),
  nodes: Type.Array(ref(PathNode), { description: 'All assets on the paths, and both ends' }),
  edges: edgeList,
  more: Type.Boolean({ description: 'There are, or may be, more paths than limit' }),
  truncated: Type.Boolean({ description: 'depth or maxNodes ended the search, so paths may be missing' }),
})
export type LineagePaths = Static<typeof LineagePaths>
