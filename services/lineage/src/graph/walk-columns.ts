import type { ColumnGraph, EdgeTransformation } from './column-graph.ts'
import type { ColumnEnd, ColumnEvidence, ColumnLink, ColumnSelection } from './column-link.ts'
import type { Direction } from './lineage-answer.ts'
import { type Link, walkGraph } from './walk-graph.ts'

/** All links into (upstream) or out of (downstream) the selected columns; links of whole rows concern every column. */
export type ColumnLinkLoader = (
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
) => Promise<readonly ColumnLink[]>

export type ColumnWalk = {
  readonly key: string
  /** One column, or several and the whole row. */
  readonly from: string | readonly string[]
  readonly direction: Direction
  /** Greatest distance, in edges. */
  readonly depth: number
  /** Greatest number of columns and whole rows. */
  readonly maxNodes: number
  /** Whether the walk continues from a whole row to the links of all its columns. */
  readonly isThroughRows: boolean
}

type NodeLink = Link & {
  readonly transformations: readonly EdgeTransformation[]
  readonly jobs: readonly ColumnEvidence[]
}

/**
 * The graph of columns around one column, or around all columns of an asset. Walking away from an asset, a link of its whole row applies to
 * each column that the walk came through, or to the row alone where all columns are roots; walking towards an asset, its row is one node.
 */
export async function walkColumns(walk: ColumnWalk, load: ColumnLinkLoader): Promise<ColumnGraph> {
  const { key, from, direction, depth, maxNodes } = walk
  const columns = typeof from === 'string' ? [from] : ['', ...from.filter((column) => column !== '')]
  const roots = [...new Set(columns)].map((column) => nameOf({ key, column }))
  const graph = await walkGraph<NodeLink>(
    { roots, direction, depth, maxNodes },
    async (names, way) => {
      const asked = names.map(endOf)
      const selected = asked.map((end) => ({ key: end.key, column: isAnyColumn(walk, end) ? null : end.column }))
      const byKey = columnsByKey(asked)
      return joined((await load(selected, way)).flatMap((link) => placed(link, way, byKey, walk)))
    },
    joinLinks,
  )
  return {
    ...graph,
    nodes: graph.nodes.map(({ id, name, depth: distance, isLooped }) => ({
      ...{ id, ...endOf(name), depth: distance, readsItself: isLooped },
    })),
    edges: graph.links.map(({ from: start, to, link }) => ({
      ...{ from: start, to, transformations: link.transformations, jobs: link.jobs },
    })),
  }
}

const nameOf = ({ key, column }: ColumnEnd): string => JSON.stringify([key, column])

function endOf(name: string): ColumnEnd {
  const [key, column] = JSON.parse(name) as [string, string]
  return { key, column }
}

/** True for the root's asset when all its columns are roots: links of its rows then apply to the row alone. */
const isWholeRoot = ({ key, from }: ColumnWalk, end: { readonly key: string }) =>
  typeof from !== 'string' && end.key === key

const isAnyColumn = (walk: ColumnWalk, end: ColumnEnd) =>
  walk.isThroughRows && end.column === '' && !isWholeRoot(walk, end)

function columnsByKey(ends: readonly ColumnEnd[]): ReadonlyMap<string, readonly string[]> {
  const columns = new Map<string, string[]>()
  for (const { key, column } of ends) {
    const known = columns.get(key)
    if (known === undefined) columns.set(key, [column])
    else known.push(column)
  }
  return columns
}

/** The link as links of those columns that the walk came through. */
function placed(
  { from, to, by, transformation, kind, masking, description }: ColumnLink,
  direction: 'upstream' | 'downstream',
  asked: ReadonlyMap<string, readonly string[]>,
  walk: ColumnWalk,
): readonly NodeLink[] {
  const near = direction === 'upstream' ? to : from
  const appliesTo = (column: string) =>
    column === near.column ||
    (near.column === '' && !isWholeRoot(walk, near)) ||
    isAnyColumn(walk, { key: near.key, column })
  return (asked.get(near.key) ?? []).filter(appliesTo).map((column) => {
    const end = nameOf({ key: near.key, column })
    const wholeRow = from.column === '' || to.column === '' || column === ''
    return {
      from: direction === 'upstream' ? nameOf(from) : end,
      to: direction === 'upstream' ? end : nameOf(to),
      transformations: [{ transformation, kind, masking, description, wholeRow }],
      jobs: [by],
    }
  })
}

/** One link for each pair of nodes. */
function joined(links: readonly NodeLink[]): readonly NodeLink[] {
  const byEnds = new Map<string, NodeLink[]>()
  for (const link of links) {
    const known = byEnds.get(`${link.from} ${link.to}`)
    if (known === undefined) byEnds.set(`${link.from} ${link.to}`, [link])
    else known.push(link)
  }
  return [...byEnds.values()].flatMap(([first, ...others]) => (first === undefined ? [] : joinLinks(first, ...others)))
}

function joinLinks(...links: readonly [NodeLink, ...NodeLink[]]): NodeLink {
  return {
    ...links[0],
    transformations: distinct(
      links.flatMap((link) => link.transformations),
      ({ wholeRow, kind, transformation, masking, description }) => [
        ...[String(wholeRow), kind, transformation, String(masking), description],
      ],
    ),
    jobs: distinct(
      links.flatMap((link) => link.jobs),
      ({ jobNamespace, jobName, runId }) => [jobNamespace, jobName, runId],
    ),
  }
}

/** Each distinct item once, sorted by its parts. */
function distinct<T>(items: readonly T[], partsOf: (item: T) => readonly string[]): readonly T[] {
  const byParts = new Map(items.map((item) => [JSON.stringify(partsOf(item)), item]))
  return [...byParts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
