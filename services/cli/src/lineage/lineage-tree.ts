import type { LineageAnswer, LineageNode } from '@headwater/api/contract'
import { treeRows } from '@headwater/lineage'
import { healthSign } from '../assets/health-sign.ts'
import { counted } from '../terminal/counted.ts'
import { displayWidth } from '../terminal/display-width.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { branchesOf, isNeighbour } from './branches-of.ts'
import { columnLinkText } from './column-text.ts'
import { currentFirst, edgeEvidence, jobText, notCurrentMark } from './edge-evidence.ts'

export type TreeOptions = {
  readonly style: Style
  readonly width: number | undefined
  /** Shows the evidence of each edge below it. */
  readonly evidence?: boolean
}

type Direction = 'upstream' | 'downstream'
type Edge = LineageAnswer['edges'][number]

const titles = { upstream: 'Upstream: assets it is made from', downstream: 'Downstream: assets made from it' } as const
const minKeyWidth = 20

/** A lineage answer as lines: a tree of upstreams above the asset, and one of downstreams below it. The branches of a node are drawn once. */
export function lineageTree(answer: LineageAnswer, options: TreeOptions): readonly string[] {
  const root = answer.nodes.find(({ depth }) => depth === 0)
  if (root === undefined) return []
  const directions: readonly Direction[] = answer.direction === 'both' ? ['upstream', 'downstream'] : [answer.direction]
  const trees = new Map(directions.map((direction) => [direction, treeLines(answer, root, direction, options)]))
  const lines: string[] = []
  const up = trees.get('upstream')
  if (up !== undefined) lines.push(options.style.dim(titles.upstream), ...up, '')
  lines.push(rootLine(root, options))
  const down = trees.get('downstream')
  if (down !== undefined) lines.push('', options.style.dim(titles.downstream), ...down)
  return answer.truncated ? [...lines, '', options.style.yellow(truncation(answer))] : lines
}

function rootLine(root: LineageNode, { style, width }: TreeOptions): string {
  const sign = healthSign(root, style)
  const mark = root.readsItself ? ' (reads itself)' : ''
  const key = printable(root.key)
  const shown = width === undefined ? key : fit(key, Math.max(minKeyWidth, width - 2 - mark.length))
  return `${sign.paint(sign.text)} ${style.bold(shown)}${style.dim(mark)}`
}

function truncation(answer: LineageAnswer): string {
  return `Cut at ${answer.nodes.length} assets; show more with --max-nodes`
}

function treeLines(
  answer: LineageAnswer,
  root: LineageNode,
  direction: Direction,
  options: TreeOptions,
): readonly string[] {
  const branches = branchesOf(answer, direction, (a, b) => a.node.key < b.node.key)
  const rows = treeRows(root.id, branches, (branch) => (isNeighbour(branch) ? branch.node.id : undefined))
  if (rows.length === 0) return [options.style.dim('└─ none')]
  return rows.flatMap(({ branch, guides, isLast, isRepeated }) => {
    const prefix = `${guides}${isLast ? '└─ ' : '├─ '}`
    if (!isNeighbour(branch)) return [options.style.dim(`${prefix}+${branch.omitted} more`)]
    const { node, edge } = branch
    const hasBranches = !isRepeated && branches(node.id).length > 0
    const beside = `${guides}${isLast ? '   ' : '│  '}${hasBranches ? '│ ' : '  '}`
    return [
      nodeLine(prefix, node, edge, isRepeated ? seenMark(node, root) : '', options),
      ...evidenceLines(beside, edge, options),
      ...columnLines(beside, edge, options),
    ]
  })
}

const seenMark = (node: LineageNode, root: LineageNode) =>
  node.id === root.id ? ' (↻ the asset itself)' : ' (↑ seen above)'

function nodeLine(prefix: string, node: LineageNode, edge: Edge, again: string, options: TreeOptions): string {
  const { style, width, evidence } = options
  const sign = healthSign(node, style)
  const mark = `${node.readsItself ? ' (reads itself)' : ''}${again}${notCurrentMark(edge.jobs)}`
  const key = printable(node.key)
  const jobs = evidence ? '' : `  ${jobsOf(edge)}`
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - displayWidth(prefix) - 2 - displayWidth(mark)
  const shownKey = Number.isFinite(room) ? fit(key, Math.max(minKeyWidth, room)) : key
  const left = room - displayWidth(shownKey)
  const shownJobs = left >= displayWidth(jobs) ? jobs : left > 8 ? `  ${fit(jobs.slice(2), left - 2)}` : ''
  return `${style.dim(prefix)}${sign.paint(sign.text)} ${shownKey}${style.dim(mark)}${style.dim(shownJobs)}`
}

function evidenceLines(prefix: string, { jobs }: Edge, { style, width, evidence }: TreeOptions): readonly string[] {
  if (!evidence) return []
  const room = width === undefined ? undefined : Math.max(minKeyWidth, width - displayWidth(prefix))
  return edgeEvidence(jobs, room).map((line) => style.dim(prefix + line))
}

/** Column lineage along an edge, if the answer has it. */
function columnLines(prefix: string, { columns = [], columnsOmitted = 0 }: Edge, { style, width }: TreeOptions) {
  const room = width === undefined ? undefined : Math.max(minKeyWidth, width - displayWidth(prefix))
  const lines = columns.map(columnLinkText)
  if (columnsOmitted > 0) lines.push(`+${counted(columnsOmitted, 'more column')}`)
  return lines.map((line) => style.dim(prefix + (room === undefined ? line : fit(line, room))))
}

/** The job of an edge, and the number of its other jobs. */
function jobsOf({ jobs }: Pick<Edge, 'jobs'>): string {
  const [first, ...rest] = currentFirst(jobs)
  if (first === undefined) return ''
  return `${jobText(first)}${rest.length === 0 ? '' : ` and ${counted(rest.length, 'more job')}`}`
}
