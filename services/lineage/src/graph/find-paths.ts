import type { Edge } from './lineage-answer.ts'
import type { EdgeLoader } from './traverse.ts'

export type PathSearch = {
  readonly from: string
  readonly to: string
  /** Greatest number of paths. */
  readonly limit: number
  /** Greatest length of a path, in edges. */
  readonly depth: number
  /** Greatest number of assets that the search visits upstream of `to`. */
  readonly maxNodes: number
}

export type PathsAnswer = {
  /** Keys from `from` to `to`; sorted by length, then by their keys. No path visits an asset twice. */
  readonly paths: readonly (readonly string[])[]
  /** The edges of the paths. */
  readonly edges: readonly Edge[]
  /** True when there are, or may be, more than `limit` paths between the visited assets. */
  readonly more: boolean
  /** True when `depth` or `maxNodes` ended the search: there may be further paths. */
  readonly truncated: boolean
}

/** Simple paths by which data flows from one asset to another. The search goes upstream from `to`, breadth-first. */
export async function findPaths(search: PathSearch, load: EdgeLoader): Promise<PathsAnswer> {
  const { distances, edges, truncated } = await walkUpstream(search, load)
  const next = new Map<string, string[]>()
  for (const { from, to } of edges.values()) {
    if (from === to || !distances.has(from)) continue
    const known = next.get(from)
    if (known === undefined) next.set(from, [to])
    else known.push(to)
  }
  for (const keys of next.values()) keys.sort()
  const { paths, more } = simplePaths(search, next, distances)
  const used = new Map<string, Edge>()
  for (const path of paths) {
    for (const [index, key] of path.slice(1).entries()) {
      const id = edgeId(path[index] ?? '', key)
      const edge = edges.get(id)
      if (edge !== undefined) used.set(id, edge)
    }
  }
  return { paths, edges: [...used.values()], more, truncated }
}

const edgeId = (from: string, to: string) => `${from}\n${to}` // keys contain no line feeds

async function walkUpstream({ to, depth, maxNodes }: PathSearch, load: EdgeLoader) {
  const distances = new Map([[to, 0]])
  const edges = new Map<string, Edge>()
  let truncated = false
  let frontier: readonly string[] = [to]
  for (let level = 0; frontier.length > 0; level++) {
    const found = new Set<string>()
    for (const edge of await load(frontier, 'upstream')) {
      if (level < depth || distances.has(edge.from)) edges.set(edgeId(edge.from, edge.to), edge)
      if (!distances.has(edge.from)) found.add(edge.from)
    }
    const fresh = level < depth ? [...found].sort().slice(0, maxNodes - distances.size) : []
    truncated ||= fresh.length < found.size
    for (const key of fresh) distances.set(key, level + 1)
    frontier = fresh
  }
  return { distances, edges, truncated }
}

/** Edges that the search for paths looks at; some 50 ms. In a dense knot of cycles it would go on for ever. */
const mostLooks = 1_000_000

/** Depth-first search for each length in turn, guided by the distances to the end. */
function simplePaths(
  { from, to, limit, depth }: PathSearch,
  next: ReadonlyMap<string, readonly string[]>,
  distances: ReadonlyMap<string, number>,
): { readonly paths: readonly (readonly string[])[]; readonly more: boolean } {
  const paths: string[][] = []
  const shortest = from === to ? undefined : distances.get(from)
  if (shortest === undefined) return { paths, more: false }
  const path = [from]
  const onPath = new Set(path)
  let looks = 0
  let isCut = true
  for (let length = shortest; isCut && length <= Math.min(depth, distances.size - 1); length++) {
    isCut = false
    extend(from, length)
    if (paths.length > limit || looks > mostLooks) return { paths: paths.slice(0, limit), more: true }
  }
  return { paths, more: false }

  function extend(node: string, left: number): void {
    if (node === to) {
      if (left === 0) paths.push([...path])
      return
    }
    for (const key of next.get(node) ?? []) {
      if (paths.length > limit || ++looks > mostLooks) return
      if (onPath.has(key)) continue
      if ((distances.get(key) ?? 0) >= left) {
        isCut = true
        continue
      }
      path.push(key)
      onPath.add(key)
      extend(key, left - 1)
      onPath.delete(key)
      path.pop()
    }
  }
}
