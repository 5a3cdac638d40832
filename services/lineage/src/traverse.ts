import type { Direction, Edge, LineageAnswer, LineageNode, Omission } from './lineage-answer.ts'

/** All edges into (upstream) or out of (downstream) any of `keys`. */
export type EdgeLoader = (keys: readonly string[], direction: 'upstream' | 'downstream') => Promise<readonly Edge[]>

export type Traversal = {
  readonly root: string
  readonly direction: Direction
  /** Greatest distance from the root, in edges. */
  readonly depth: number
  /** Greatest number of nodes, the root included. */
  readonly maxNodes: number
}

type Walk = {
  readonly direction: 'upstream' | 'downstream'
  frontier: readonly string[]
  readonly edgesOf: Map<string, Edge[]>
}

/**
 * Breadth-first walk with a visited set: safe in cycles; a node's depth is its shortest distance. The last level is looked at
 * too, so that what lies behind it can be counted. Within a level nodes are taken in the order of their keys.
 */
export async function traverse(
  { root, direction, depth, maxNodes }: Traversal,
  load: EdgeLoader,
): Promise<LineageAnswer> {
  const depths = new Map([[root, 0]])
  const walks = (direction === 'both' ? (['upstream', 'downstream'] as const) : ([direction] as const)).map(
    (way): Walk => ({ direction: way, frontier: [root], edgesOf: new Map() }),
  )
  const reached = new Map(walks.map((walk) => [walk, new Set([root])]))
  let truncated = false
  for (let level = 0; level <= depth && walks.some((walk) => walk.frontier.length > 0); level++) {
    for (const walk of walks) {
      const found = await expand(walk, load)
      const seen = reached.get(walk) ?? new Set()
      const fresh = level === depth ? [] : found.filter((key) => !seen.has(key)).sort()
      const next = fresh.filter((key) => {
        if (!depths.has(key) && depths.size >= maxNodes) {
          truncated = true
          return false
        }
        if (!depths.has(key)) depths.set(key, level + 1)
        seen.add(key)
        return true
      })
      walk.frontier = next
    }
  }
  return answerOf(root, depths, walks, truncated)
}

async function expand(walk: Walk, load: EdgeLoader): Promise<readonly string[]> {
  if (walk.frontier.length === 0) return []
  const found = new Set<string>()
  for (const edge of await load(walk.frontier, walk.direction)) {
    const [near, far] = walk.direction === 'upstream' ? [edge.to, edge.from] : [edge.from, edge.to]
    const edges = walk.edgesOf.get(near)
    if (edges === undefined) walk.edgesOf.set(near, [edge])
    else edges.push(edge)
    if (far !== near) found.add(far)
  }
  return [...found]
}

function answerOf(
  root: string,
  depths: ReadonlyMap<string, number>,
  walks: readonly Walk[],
  truncated: boolean,
): LineageAnswer {
  const ids = new Map([...depths.keys()].map((key, id) => [key, id]))
  const selfReading = new Set<string>()
  const edges = new Map<string, LineageAnswer['edges'][number]>()
  const omissions = new Map<number, Omission>()
  for (const walk of walks) {
    for (const edge of [...walk.edgesOf.values()].flat()) {
      const from = ids.get(edge.from)
      const to = ids.get(edge.to)
      if (edge.from === edge.to) selfReading.add(edge.from)
      else if (from !== undefined && to !== undefined) edges.set(`${from} ${to}`, { from, to, jobs: edge.jobs })
      else countOmitted(omissions, walk.direction, (walk.direction === 'upstream' ? to : from) ?? 0)
    }
  }
  const nodes = [...depths].map(
    ([key, depth], id): LineageNode => ({ id, key, depth, readsItself: selfReading.has(key) }),
  )
  return { root, nodes, edges: [...edges.values()], truncated, omitted: [...omissions.values()] }
}

function countOmitted(omissions: Map<number, Omission>, direction: Walk['direction'], id: number): void {
  const known = omissions.get(id) ?? { id, upstream: 0, downstream: 0 }
  omissions.set(id, { ...known, [direction]: known[direction] + 1 })
}
