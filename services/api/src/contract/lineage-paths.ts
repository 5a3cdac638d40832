import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { AssetSummary } from './asset-page.ts'
import { edgeList, viewFields } from './lineage-answer.ts'
import { component, count, ref, text } from './schema.ts'

export const PathNode = component(
  'PathNode',
  Type.Object({ id: count('Number of the node in this answer'), ...AssetSummary.properties }),
)
export type PathNode = Static<typeof PathNode>

export const LineagePaths = answer('LineagePaths', {
  from: text('Asset key from which data flows'),
  to: text('Asset key that depends on it'),
  ...viewFields,
  paths: Type.Array(Type.Array(count('Id of a node')), {
    description: 'Node ids from `from` to `to`; shortest first, then by key. No path visits a node twice',
  }),
  nodes: Type.Array(ref(PathNode), { description: 'The assets on the paths, and both ends' }),
  edges: edgeList,
  more: Type.Boolean({ description: 'There are, or may be, more paths than limit' }),
  truncated: Type.Boolean({ description: 'depth or maxNodes ended the search: there may be paths beyond' }),
})
export type LineagePaths = Static<typeof LineagePaths>
