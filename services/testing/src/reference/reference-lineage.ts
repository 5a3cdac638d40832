import { compareTuples } from './compare-tuples.ts'

export type ReferenceLink = { readonly from: string; readonly to: string }

export type LineageOptions = {
  readonly direction: 'upstream' | 'downstream' | 'both'
  /** Greatest distance; unlimited without it. */
  readonly depth?: number | undefined
}

export type ReferenceLineage = {
  /** Each node of the answer, the root at 0, with its shortest distance. */
  readonly depths: ReadonlyMap<string, number>
  readonly readsItself: ReadonlySet<string>
  /** Distinct pairs, ordered by (from, to), without self edges. */
  readonly edges: readonly ReferenceLink[]
}

/** Rule: breadth-first; `both` is two separate walks, and a node's depth the lesser of its two. */
export function walkLineage(
  edges: readonly ReferenceLink[],
  root: string,
  { direction, depth = Number.POSITIVE_INFINITY }: LineageOptions,
): ReferenceLineage {
  const links = distinctLinks(edges)
  const against = links.map(({ from, to }) => ({ from: to, to: from }))
  const none: ReadonlyMap<string, number> = new Map()
  const up = direction === 'downstream' ? none : distances(against, root, depth)
  const down = direction === 'upstream' ? none : distances(links, root, depth)
  const depths = new Map<string, number>()
  for (const [key, distance] of [...up, ...down]) depths.set(key, Math.min(distance, depths.get(key) ?? distance))
  const selfReaders = edges.filter(({ from, to }) => from === to && depths.has(from))
  return {
    depths,
    readsItself: new Set(selfReaders.map(({ from }) => from)),
    edges: links.filter(({ from, to }) => (up.has(to) && depths.has(from)) || (down.has(from) && depths.has(to))),
  }
}

/** The links as distinct pairs, in order, without self links. */
export function distinctLinks(edges: readonly ReferenceLink[]): readonly ReferenceLink[] {
  const links = new Map(
    edges.filter(({ from, to }) => from !== to).map(({ from, to }) => [JSON.stringify([from, to]), { from, to }]),
  )
  return [...links.values()].sort((a, b) => compareTuples([a.from, a.to], [b.from, b.to]))
}

/** Each node that can be reached from the root in at most `depth` steps, with the least number of steps. */
export function distances(links: readonly ReferenceLink[], root: string, depth: number): ReadonlyMap<string, number> {
  const nexts = nextKeys(links)
  const found = new Map([[root, 0]])
  let frontier = [root]
  for (let step = 1; step <= depth && frontier.length > 0; step += 1) {
    const reached = frontier.flatMap((key) => nexts.get(key) ?? [])
    frontier = [...new Set(reached)].filter((key) => !found.has(key))
    for (const key of frontier) found.set(key, step)
  }
  return found
}

/** For each key that leads on, the keys it leads to, in the order of the links. */
export function nextKeys(links: readonly ReferenceLink[]): ReadonlyMap<string, readonly string[]> {
  const nexts = new Map<string, string[]>()
  for (const { from, to } of links) {
    const keys = nexts.get(from) ?? []
    keys.push(to)
    nexts.set(from, keys)
  }
  return nexts
}
