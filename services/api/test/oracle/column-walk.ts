import type { ColumnLink } from '@headwater/lineage'

export type ColumnsAsked = {
  readonly key: string
  /** Null for all columns. */
  readonly column: string | null
  readonly direction: 'upstream' | 'downstream' | 'both'
  readonly depth: number
  readonly isThroughRows: boolean
}

type Way = 'upstream' | 'downstream'

const nameOf = (key: string, column: string) => `${key} ${column || '*'}`

/** The names of the asset's columns in the links. */
export const columnsOf = (links: readonly ColumnLink[], key: string): readonly string[] => [
  ...new Set(
    links
      .flatMap(({ from, to }) => [from, to])
      .filter((end) => end.key === key && end.column !== '')
      .map(({ column }) => column),
  ),
]

/** Rule: breadth-first from the given columns; `both` is two separate walks, and a node's depth the lesser of its two. */
export function walkReference(links: readonly ColumnLink[], asked: ColumnsAsked) {
  const { key, column, direction } = asked
  const names = column === null ? ['', ...columnsOf(links, key)] : [column]
  const roots = names.map((name) => nameOf(key, name))
  const ways: readonly Way[] = direction === 'both' ? ['upstream', 'downstream'] : [direction]
  const walks = ways.map((way) => ({ way, depths: distances(links, roots, way, asked) }))
  const depths = new Map<string, number>()
  for (const [name, depth] of walks.flatMap((walk) => [...walk.depths])) {
    depths.set(name, Math.min(depth, depths.get(name) ?? depth))
  }
  const stated = walks.flatMap(({ way, depths: reached }) =>
    [...reached.keys()].flatMap((near) => steps(links, near, way, asked)),
  )
  const edges = stated.filter(({ from, to }) => from !== to && depths.has(from) && depths.has(to))
  return {
    depths,
    readsItself: [...new Set(stated.filter(({ from, to }) => from === to).map(({ from }) => from))].sort(),
    edges: [...new Set(edges.map((edge) => JSON.stringify(edge)))].sort(),
    omitted: [
      ...new Set(
        stated.filter(({ from, to }) => !depths.has(from) || !depths.has(to)).map(({ from, to }) => `${from} ${to}`),
      ),
    ].sort(),
  }
}

function distances(links: readonly ColumnLink[], roots: readonly string[], way: Way, asked: ColumnsAsked) {
  const found = new Map(roots.map((root) => [root, 0]))
  let frontier = roots
  for (let step = 1; step <= asked.depth && frontier.length > 0; step += 1) {
    const reached = frontier.flatMap((name) =>
      steps(links, name, way, asked).map(({ from, to }) => (way === 'upstream' ? from : to)),
    )
    frontier = [...new Set(reached)].filter((name) => !found.has(name))
    for (const name of frontier) found.set(name, step)
  }
  return found
}

/**
 * Rule: the links of a column are its own and those of its row; the links of a row are its own or, through rows, all links of the asset.
 * Where all columns of an asset are roots, links of its row apply to the row alone.
 */
function steps(links: readonly ColumnLink[], near: string, way: Way, { key, column, isThroughRows }: ColumnsAsked) {
  return links.flatMap(({ from, to, by, ...how }) => {
    const here = way === 'upstream' ? to : from
    if (!near.startsWith(`${here.key} `)) return []
    const isWholeAsset = column === null && here.key === key
    const isRow = near.endsWith(' *')
    const concerns =
      nameOf(here.key, here.column) === near ||
      (here.column === '' && !isWholeAsset) ||
      (isRow && isThroughRows && !isWholeAsset)
    if (!concerns) return []
    const ends = { from: nameOf(from.key, from.column), to: nameOf(to.key, to.column) }
    const placed = way === 'upstream' ? { ...ends, to: near } : { ...ends, from: near }
    const wholeRow = from.column === '' || to.column === '' || isRow
    const { kind, transformation, masking } = how
    return { ...placed, kind, transformation, masking, wholeRow, job: by.jobName, run: by.runId }
  })
}
