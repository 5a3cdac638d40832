import type { Direction, Edge, LineageAnswer } from './lineage-answer.ts'
import { type LinkLoader, walkGraph } from './walk-graph.ts'

/** All edges into (upstream) or out of (downstream) any of `keys`. */
export type EdgeLoader = LinkLoader<Edge>

export type Traversal = {
  readonly root: string
  readonly direction: Direction
  /** Greatest distance from the root, in edges. */
  readonly depth: number
  /** Greatest number of nodes, including the root. */
  readonly maxNodes: number
}

/** The assets and edges around the root. */
export async function traverse({ root, ...walk }: Traversal, load: EdgeLoader): Promise<LineageAnswer> {
  const { nodes, links, truncated, omitted } = await walkGraph({ ...walk, roots: [root] }, load)
  return {
    root,
    nodes: nodes.map(({ id, name, depth, isLooped }) => ({ id, key: name, depth, readsItself: isLooped })),
    edges: links.map(({ from, to, link }) => ({ from, to, jobs: link.jobs })),
    truncated,
    omitted,
  }
}
