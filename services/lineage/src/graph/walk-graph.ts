import type { Direction, Omission } from './lineage-answer.ts'

/** A directed link between two nodes, given by name. */
export type Link = { readonly from: string; readonly to: string }

/** All links into (upstream) or out of (downstream) any of the nodes. */
export type LinkLoader<L extends Link> = (
  nodes: readonly string[],
  direction: 'upstream' | 'downstream',
) => Promise<readonly L[]>

export type GraphWalk = {
  /** Where the walk starts; at least one name, no duplicates. */
  readonly roots: readonly string[]
  readonly direction: Direction
  /** Greatest distance from the nearest root, in links. */
  readonly depth: number
  /** Greatest number of nodes, including the roots. */
  readonly maxNodes: number
}

export type WalkedGraph<L extends Link> = {
  /** The roots first. The id of a node is its index; `isLooped` is true where a link leads from a node to itself, which is left out of `links`. */
  readonly nodes: readonly {
    readonly id: number
    readonly name: string
    readonly depth: number
    readonly isLooped: boolean
  }[]
  /** One link for each pair of nodes; ends are ids. */
  readonly links: readonly { readonly from: number; readonly to: number; readonly link: L }[]
  /** True when `maxNodes` left out nodes within `depth`. */
  readonly truncated: boolean
  readonly omitted: readonly Omission[]
}

type Walk<L> = {
  readonly direction: 'upstream' | 'downstream'
  frontier: readonly string[]
  readonly linksOf: Map<string, L[]>
}

/**
 * Breadth-first walk with a visited set: safe in cycles; a node's depth is its shortest distance. The links of the last level are loaded
 * too, to count the neighbours beyond it. Within a level nodes are taken in the order of their names.
 * @param join merges two links between the same nodes
 */
export async function walkGraph<L extends Link>(
  { roots, direction, depth, maxNodes }: GraphWalk,
  load: LinkLoader<L>,
  join: (a: L, b: L) => L = (_, b) => b,
): Promise<WalkedGraph<L>> {
  const starts = roots.slice(0, maxNodes)
  const depths = new Map(starts.map((root) => [root, 0]))
  const walks = (direction === 'both' ? (['upstream', 'downstream'] as const) : ([direction] as const)).map(
    (way): Walk<L> => ({ direction: way, frontier: starts, linksOf: new Map() }),
  )
  const reached = new Map(walks.map((walk) => [walk, new Set(starts)]))
  let truncated = starts.length < roots.length
  for (let level = 0; level <= depth && walks.some((walk) => walk.frontier.length > 0); level++) {
    for (const walk of walks) {
      const found = await expand(walk, load)
      const seen = reached.get(walk) ?? new Set()
      const fresh = level === depth ? [] : found.filter((name) => !seen.has(name)).sort()
      walk.frontier = fresh.filter((name) => {
        if (!depths.has(name) && depths.size >= maxNodes) {
          truncated = true
          return false
        }
        if (!depths.has(name)) depths.set(name, level + 1)
        seen.add(name)
        return true
      })
    }
  }
  return graphOf(depths, walks, truncated, join)
}

async function expand<L extends Link>(walk: Walk<L>, load: LinkLoader<L>): Promise<readonly string[]> {
  if (walk.frontier.length === 0) return []
  const found = new Set<string>()
  for (const link of await load(walk.frontier, walk.direction)) {
    const [near, far] = walk.direction === 'upstream' ? [link.to, link.from] : [link.from, link.to]
    const links = walk.linksOf.get(near)
    if (links === undefined) walk.linksOf.set(near, [link])
    else links.push(link)
    if (far !== near) found.add(far)
  }
  return [...found]
}

function graphOf<L extends Link>(
  depths: ReadonlyMap<string, number>,
  walks: readonly Walk<L>[],
  truncated: boolean,
  join: (a: L, b: L) => L,
): WalkedGraph<L> {
  const ids = new Map([...depths.keys()].map((name, id) => [name, id]))
  const looped = new Set<string>()
  const links = new Map<string, WalkedGraph<L>['links'][number]>()
  const omissions = new Map<number, Omission>()
  for (const walk of walks) {
    for (const link of [...walk.linksOf.values()].flat()) {
      const from = ids.get(link.from)
      const to = ids.get(link.to)
      if (link.from === link.to) looped.add(link.from)
      else if (from !== undefined && to !== undefined) {
        const known = links.get(`${from} ${to}`)
        links.set(`${from} ${to}`, { from, to, link: known === undefined ? link : join(known.link, link) })
      } else countOmitted(omissions, walk.direction, (walk.direction === 'upstream' ? to : from) ?? 0)
    }
  }
  const nodes = [...depths].map(([name, depth], id) => ({ id, name, depth, isLooped: looped.has(name) }))
  return { nodes, links: [...links.values()], truncated, omitted: [...omissions.values()] }
}

function countOmitted(omissions: Map<number, Omission>, direction: Walk<never>['direction'], id: number): void {
  const known = omissions.get(id) ?? { id, upstream: 0, downstream: 0 }
  omissions.set(id, { ...known, [direction]: known[direction] + 1 })
}
