import type { ColumnLineage, ColumnNode } from '@headwater/api/contract'
import { treeRows } from '@headwater/lineage'
import { displayWidth } from '../terminal/display-width.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { type Branch, branchesOf, isNeighbour, type Neighbour } from './branches-of.ts'
import { transformationText } from './column-text.ts'

export type ColumnTreeOptions = { readonly style: Style; readonly width: number | undefined }

type Direction = 'upstream' | 'downstream'
type Edge = ColumnLineage['edges'][number]
type ColumnNeighbour = Neighbour<ColumnNode, Edge>
type Drawing = ColumnTreeOptions & {
  readonly mark: string
  readonly branches: (id: number) => readonly Branch<ColumnNode, Edge>[]
  readonly drawn: Set<number>
}

const marks = { upstream: '←', downstream: '→' } as const
const minKeyWidth = 20

/** An answer as lines: each requested column, with its upstream (←) and downstream (→) columns below it. */
export function columnTree(answer: ColumnLineage, options: ColumnTreeOptions): readonly string[] {
  const { style } = options
  const directions: readonly Direction[] = answer.direction === 'both' ? ['upstream', 'downstream'] : [answer.direction]
  const drawings = directions.map((direction) => drawingOf(answer, direction, options))
  const roots = answer.nodes.filter(({ depth }) => depth === 0)
  const lines = [style.bold(fitted(answer.root.key, options.width))]
  for (const root of roots) {
    const below = drawings.flatMap((drawing) => branchLines(root.id, drawing))
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
    mark: marks[direction],
    branches: branchesOf(answer, direction, (a, b) => orderOf(a) < orderOf(b)),
    drawn: new Set(),
  }
}

/** Columns that supply values come before those that decide on rows. */
const orderOf = ({ node, edge }: ColumnNeighbour) => `${edge.indirect ? 1 : 0} ${node.key} ${node.column ?? ''}`

function branchLines(id: number, drawing: Drawing): readonly string[] {
  const { style, mark, branches, drawn } = drawing
  const rows = treeRows(id, branches, (branch) => (isNeighbour(branch) ? branch.node.id : undefined), drawn)
  return rows.map(({ branch, guides, isLast, isRepeated }) => {
    const prefix = `  ${guides}${isLast ? '└' : '├'}${mark} `
    if (!isNeighbour(branch)) return style.dim(`${prefix}+${branch.omitted} more`)
    return nodeLine(prefix, branch, isRepeated && branches(branch.node.id).length > 0, drawing)
  })
}

function nodeLine(
  prefix: string,
  { node, edge }: ColumnNeighbour,
  isRepeated: boolean,
  { style, width }: Drawing,
): string {
  const derivation = edge.transformations.map(transformationText).filter(Boolean).join('; ')
  const how = derivation === '' ? '' : `  ${derivation}`
  const mark = `${node.readsItself ? ' (reads itself)' : ''}${isRepeated ? ' (↑ seen above)' : ''}`
  const column = ` ${columnName(node)}`
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - displayWidth(`${prefix}${column}${mark}`)
  const key = Number.isFinite(room) ? fit(printable(node.key), Math.max(minKeyWidth, room)) : printable(node.key)
  const left = room - displayWidth(key)
  const shownHow = left >= displayWidth(how) ? how : left > 8 ? fit(how, left) : ''
  return `${style.dim(prefix)}${key}${style.bold(column)}${style.dim(`${mark}${shownHow}`)}`
}
