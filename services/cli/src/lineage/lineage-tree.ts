import type { LineageAnswer, LineageNode } from '@headwater/api/contract'
import { healthSign } from '../assets/health-sign.ts'
import { counted } from '../terminal/counted.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { branchesOf } from './branches-of.ts'
import { columnLinkText } from './column-text.ts'
import { currentFirst, edgeEvidence, jobText, notCurrentMark } from './edge-evidence.ts'

export type TreeOptions = {
  readonly style: Style
  readonly width: number | undefined
  /** Tells below each edge how it is known. */
  readonly evidence?: boolean
}

type Way = 'upstream' | 'downstream'
type Edge = LineageAnswer['edges'][number]

const titles = { upstream: 'Upstream: what it is made from', downstream: 'Downstream: what is made from it' } as const
const leastKeyWidth = 20

/** A lineage answer as lines: upstreams as a tree above the asset, downstreams as one below it. Each node's branches are drawn once. */
export function lineageTree(answer: LineageAnswer, options: TreeOptions): readonly string[] {
  const root = answer.nodes.find(({ depth }) => depth === 0)
  if (root === undefined) return []
  const ways: readonly Way[] = answer.direction === 'both' ? ['upstream', 'downstream'] : [answer.direction]
  const trees = new Map(ways.map((way) => [way, treeLines(answer, root, way, options)]))
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
  const shown = width === undefined ? key : fit(key, Math.max(leastKeyWidth, width - 2 - mark.length))
  return `${sign.paint(sign.text)} ${style.bold(shown)}${style.dim(mark)}`
}

function truncation(answer: LineageAnswer): string {
  return `Cut at ${answer.nodes.length} assets; see more with --max-nodes`
}

function treeLines(answer: LineageAnswer, root: LineageNode, way: Way, options: TreeOptions): readonly string[] {
  const branches = branchesOf(answer, way, (a, b) => a.node.key < b.node.key)
  const omitted = new Map(answer.omitted.map((each) => [each.id, each[way]]))
  const lines: string[] = []
  const seen = new Set([root.id])
  const draw = (id: number, prefix: string) => {
    const neighbours = branches(id)
    const hidden = omitted.get(id) ?? 0
    neighbours.forEach(({ node, edge }, index) => {
      const last = index === neighbours.length - 1 && hidden === 0
      const again = seen.has(node.id)
      const below = prefix + (last ? '   ' : '│  ')
      lines.push(nodeLine(prefix + (last ? '└─ ' : '├─ '), node, edge, again ? seenMark(node, root) : '', options))
      const branchesOut = !again && (branches(node.id).length > 0 || (omitted.get(node.id) ?? 0) > 0)
      const beside = below + (branchesOut ? '│ ' : '  ')
      lines.push(...evidenceLines(beside, edge, options), ...columnLines(beside, edge, options))
      if (again) return
      seen.add(node.id)
      draw(node.id, below)
    })
    if (hidden > 0) lines.push(options.style.dim(`${prefix}└─ +${hidden} more`))
  }
  draw(root.id, '')
  return lines.length === 0 ? [options.style.dim('└─ nothing known')] : lines
}

const seenMark = (node: LineageNode, root: LineageNode) =>
  node.id === root.id ? ' (↻ the asset itself)' : ' (↑ seen above)'

function nodeLine(prefix: string, node: LineageNode, edge: Edge, again: string, options: TreeOptions): string {
  const { style, width, evidence } = options
  const sign = healthSign(node, style)
  const mark = `${node.readsItself ? ' (reads itself)' : ''}${again}${notCurrentMark(edge.jobs)}`
  const key = printable(node.key)
  const jobs = evidence ? '' : `  ${jobsOf(edge)}`
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - [...prefix].length - 2 - [...mark].length
  const shownKey = Number.isFinite(room) ? fit(key, Math.max(leastKeyWidth, room)) : key
  const left = room - [...shownKey].length
  const shownJobs = left >= [...jobs].length ? jobs : left > 8 ? `  ${fit(jobs.slice(2), left - 2)}` : ''
  return `${style.dim(prefix)}${sign.paint(sign.text)} ${shownKey}${style.dim(mark)}${style.dim(shownJobs)}`
}

function evidenceLines(prefix: string, { jobs }: Edge, { style, width, evidence }: TreeOptions): readonly string[] {
  if (!evidence) return []
  const room = width === undefined ? undefined : Math.max(leastKeyWidth, width - [...prefix].length)
  return edgeEvidence(jobs, room).map((line) => style.dim(prefix + line))
}

/** Which columns are made of which, where the answer tells. */
function columnLines(prefix: string, { columns = [], columnsOmitted = 0 }: Edge, { style, width }: TreeOptions) {
  const room = width === undefined ? undefined : Math.max(leastKeyWidth, width - [...prefix].length)
  const lines = columns.map(columnLinkText)
  if (columnsOmitted > 0) lines.push(`+${counted(columnsOmitted, 'more column')}`)
  return lines.map((line) => style.dim(prefix + (room === undefined ? line : fit(line, room))))
}

/** The job an edge goes through, and how many others. */
function jobsOf({ jobs }: Pick<Edge, 'jobs'>): string {
  const [first, ...others] = currentFirst(jobs)
  if (first === undefined) return ''
  return `${jobText(first)}${others.length === 0 ? '' : ` and ${counted(others.length, 'more job')}`}`
}
