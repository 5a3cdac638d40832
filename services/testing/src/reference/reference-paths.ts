import { distances, distinctLinks, nextKeys, type ReferenceLink } from './reference-lineage.ts'

type Path = readonly string[]

/** Rule: the first `limit` paths that repeat no node, ordered by length, then by keys; none from an asset to itself. */
export function findPaths(
  edges: readonly ReferenceLink[],
  from: string,
  to: string,
  limit: number,
): readonly (readonly string[])[] {
  if (from === to) return []
  const links = distinctLinks(edges)
  const against = links.map((link) => ({ from: link.to, to: link.from }))
  const leading = distances(against, to, Number.POSITIVE_INFINITY)
  const nexts = nextKeys(links.filter((link) => leading.has(link.to)))
  const found: Path[] = []
  // Sorted prefixes of one length, each extended by its next keys in order, are the sorted prefixes of the next length.
  let prefixes: readonly Path[] = [[from]]
  while (prefixes.length > 0 && found.length < limit) {
    const longer = prefixes.flatMap((path) => extensions(path, nexts.get(path.at(-1) ?? from) ?? []))
    found.push(...longer.filter((path) => path.at(-1) === to))
    prefixes = longer.filter((path) => path.at(-1) !== to)
  }
  return found.slice(0, limit)
}

const extensions = (path: Path, nexts: readonly string[]): readonly Path[] =>
  nexts.filter((key) => !path.includes(key)).map((key) => [...path, key])
