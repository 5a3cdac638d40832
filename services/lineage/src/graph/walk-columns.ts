import type { ColumnGraph, StatedTransformation } from './column-graph.ts'
import type { ColumnEnd, ColumnEvidence, ColumnLink, ColumnSelection } from './column-link.ts'
import type { Direction } from './lineage-answer.ts'
import { type Link, walkGraph } from './walk-graph.ts'

/** All links into (upstream) or out of (downstream) what is selected; those of whole rows concern every column. */
export type ColumnLinkLoader = (
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
) => Promise<readonly ColumnLink[]>

export type ColumnWalk = {
  readonly key: string
  /** One column, or all of these and the whole row. */
  readonly from: string | readonly string[]
  readonly direction: Direction
  /** Greatest distance, in edges. */
  readonly depth: number
  /** Greatest number of columns and whole rows. */
  readonly maxNodes: number
  /** Walks on from a whole row to all that any column of it feeds or is made of. */
  readonly isThroughRows: boolean
}

type PlacedLink = Link & {
  readonly transformations: readonly StatedTransformation[]
  readonly jobs: readonly ColumnEvidence[]
}

/**
 * The graph of columns around one, or around all of an asset. What decides on whole rows stands at each column that is walked from,
 * and at the row where all columns are asked for; walked to, a row is one node.
 */
export async function walkColumns(walk: ColumnWalk, load: ColumnLinkLoader): Promise<ColumnGraph> {
  const { key, from, direction, depth, maxNodes } = walk
  const columns = typeof from === 'string' ? [from] : ['', ...from.filter((column) => column !== '')]
  const roots = [...new Set(columns)].map((column) => nameOf({ key, column }))
  const graph = await walkGraph<PlacedLink>(
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

/** True for the root's asset when all its columns are asked for: what is said of its rows then stands at the row alone. */
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

/** The link as edges of those columns that were walked from. */
function placed(
  { from, to, by, transformation, kind, masking, description }: ColumnLink,
  direction: 'upstream' | 'downstream',
  asked: ReadonlyMap<string, readonly string[]>,
  walk: ColumnWalk,
): readonly PlacedLink[] {
  const near = direction === 'upstream' ? to : from
  const standsAt = (column: string) =>
    column === near.column ||
    (near.column === '' && !isWholeRoot(walk, near)) ||
    isAnyColumn(walk, { key: near.key, column })
  return (asked.get(near.key) ?? []).filter(standsAt).map((column) => {
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
function joined(links: readonly PlacedLink[]): readonly PlacedLink[] {
  const byEnds = new Map<string, PlacedLink[]>()
  for (const link of links) {
    const known = byEnds.get(`${link.from} ${link.to}`)
    if (known === undefined) byEnds.set(`${link.from} ${link.to}`, [link])
    else known.push(link)
  }
  return [...byEnds.values()].flatMap(([first, ...others]) => (first === undefined ? [] : joinLinks(first, ...others)))
}

function joinLinks(...links: readonly [PlacedLink, ...PlacedLink[]]): PlacedLink {
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

/** Each once, in the order of what tells them apart. */
function distinct<T>(items: readonly T[], partsOf: (item: T) => readonly string[]): readonly T[] {
  const byParts = new Map(items.map((item) => [JSON.stringify(partsOf(item)), item]))
  return [...byParts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
