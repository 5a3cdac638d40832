import type { ColumnLineage, ColumnNode } from '@headwater/api/contract'
import { displayWidth } from '../terminal/display-width.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { branchesOf, type Neighbour } from './branches-of.ts'
import { transformationText } from './column-text.ts'

export type ColumnTreeOptions = { readonly style: Style; readonly width: number | undefined }

type Direction = 'upstream' | 'downstream'
type Edge = ColumnLineage['edges'][number]
type ColumnNeighbour = Neighbour<ColumnNode, Edge>
type Drawing = ColumnTreeOptions & {
  readonly branches: (id: number) => readonly ColumnNeighbour[]
  readonly omitted: ReadonlyMap<number, number>
  readonly seen: Set<number>
}

const marks = { upstream: '←', downstream: '→' } as const
const minKeyWidth = 20

/** An answer as lines: each requested column, with its upstream (←) and downstream (→) columns below it. */
export function columnTree(answer: ColumnLineage, options: ColumnTreeOptions): readonly string[] {
  const { style } = options
  const directions: readonly Direction[] = answer.direction === 'both' ? ['upstream', 'downstream'] : [answer.direction]
  const drawings = directions.map((direction) => ({ direction, drawing: drawingOf(answer, direction, options) }))
  const roots = answer.nodes.filter(({ depth }) => depth === 0)
  const lines = [style.bold(fitted(answer.root.key, options.width))]
  for (const root of roots) {
    const below = drawings.flatMap(({ direction, drawing }) => branchLines(root.id, marks[direction], '  ', drawing))
    if (root.column === null && below.length === 0) continue
    const mark = root.readsItself ? ' (reads itself)' : below.length === 0 ? '  no column lineage' : ''
    lines.push(
      `${columnName(root)}${style.dim(`${root.type === null ? '' : ` ${printable(root.type)}`}${mark}`)}`,
      ...below,
    )
  }
  if (lines.length === 1) lines.push(style.dim('no columns'))
  if (!answer.truncated) return lines
  return [...lines, '', style.yellow(`Cut at ${answer.nodes.length} columns; show more with --max-nodes`)]
}

const columnName = ({ column }: { readonly column: string | null }) =>
  column === null ? '(whole row)' : printable(column)

const fitted = (key: string, width: number | undefined) =>
  width === undefined ? printable(key) : fit(printable(key), Math.max(minKeyWidth, width))

function drawingOf(answer: ColumnLineage, direction: Direction, options: ColumnTreeOptions): Drawing {
  return {
    ...options,
    branches: branchesOf(answer, direction, (a, b) => orderOf(a) < orderOf(b)),
    omitted: new Map(answer.omitted.map((each) => [each.id, each[direction]])),
    seen: new Set(),
  }
}

/** Columns that supply values come before those that decide on rows. */
const orderOf = ({ node, edge }: ColumnNeighbour) => `${edge.indirect ? 1 : 0} ${node.key} ${node.column ?? ''}`

function branchLines(id: number, mark: string, prefix: string, drawing: Drawing): readonly string[] {
  const { style, omitted, seen } = drawing
  const hidden = omitted.get(id) ?? 0
  const neighbours = drawing.branches(id)
  seen.add(id)
  const lines = neighbours.flatMap((neighbour, index) => {
    const isLast = index === neighbours.length - 1 && hidden === 0
    const isAgain = seen.has(neighbour.node.id)
    const start = `${prefix}${isLast ? '└' : '├'}${mark} `
    const line = nodeLine(start, neighbour, isAgain && hasBranches(neighbour.node.id, drawing), drawing)
    return isAgain
      ? [line]
      : [line, ...branchLines(neighbour.node.id, mark, `${prefix}${isLast ? '   ' : '│  '}`, drawing)]
  })
  return hidden === 0 ? lines : [...lines, style.dim(`${prefix}└${mark} +${hidden} more`)]
}

const hasBranches = (id: number, { branches, omitted }: Drawing) =>
  branches(id).length > 0 || (omitted.get(id) ?? 0) > 0

function nodeLine(
  prefix: string,
  { node, edge }: ColumnNeighbour,
  isAgain: boolean,
  { style, width }: Drawing,
): string {
  const how = `  ${edge.transformations.map(transformationText).join('; ')}`
  const mark = `${node.readsItself ? ' (reads itself)' : ''}${isAgain ? ' (↑ seen above)' : ''}`
  const column = ` ${columnName(node)}`
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - displayWidth(`${prefix}${column}${mark}`)
  const key = Number.isFinite(room) ? fit(printable(node.key), Math.max(minKeyWidth, room)) : printable(node.key)
  const left = room - displayWidth(key)
  const shownHow = left >= displayWidth(how) ? how : left > 8 ? fit(how, left) : ''
  return `${style.dim(prefix)}${key}${style.bold(column)}${style.dim(`${mark}${shownHow}`)}`
}
