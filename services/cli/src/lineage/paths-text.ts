import type { LineagePaths, PathNode } from '@headwater/api/contract'
import { healthSign } from '../assets/health-sign.ts'
import { counted } from '../terminal/counted.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatUtc } from '../terminal/utc.ts'
import { viewText } from '../terminal/view-header.ts'
import { wrapParts } from '../terminal/wrap-parts.ts'
import { currentFirst, isCurrent, jobText } from './edge-evidence.ts'

export type PathsOptions = {
  readonly style: Style
  readonly width: number | undefined
  /** The maximum length of a path, if it was given. */
  readonly depth: number | undefined
}

type Edge = LineagePaths['edges'][number]

const minKeyWidth = 20

/** The paths of data from one asset to another: the assets of each path in order, with the run between two. */
export function pathsText(answer: LineagePaths, options: PathsOptions): readonly string[] {
  const { style } = options
  const [from, to] = [printable(answer.from), printable(answer.to)]
  const nodes = new Map(answer.nodes.map((node) => [node.id, node]))
  const edges = new Map(answer.edges.map((edge) => [idOf(edge.from, edge.to), edge]))
  return [
    `${style.bold(to)} depends on ${style.bold(from)}: data flows down`,
    ...answer.paths.flatMap((path, index) => [
      '',
      style.dim(`Path ${index + 1}, ${counted(path.length - 1, 'step')}`),
      ...path.flatMap((id, step) => stepLines(nodes.get(id), edges.get(idOf(path[step - 1], id)), options)),
    ]),
    ...endLines(answer, options),
  ]
}

const idOf = (from: number | undefined, to: number) => `${from} ${to}`

/** An asset on a path, below the edge that leads to it; the first asset has none. */
const stepLines = (node: PathNode | undefined, edge: Edge | undefined, options: PathsOptions): readonly string[] => [
  ...(edge === undefined ? [] : edgeLines(edge, options)),
  ...(node === undefined ? [] : [nodeLine(node, options)]),
]

function nodeLine(node: PathNode, { style, width }: PathsOptions): string {
  const sign = healthSign(node, style)
  const key = printable(node.key)
  return `  ${sign.paint(sign.text)} ${width === undefined ? key : fit(key, Math.max(minKeyWidth, width - 4))}`
}

function edgeLines({ jobs }: Edge, { style, width }: PathsOptions): readonly string[] {
  const [first] = currentFirst(jobs)
  if (first === undefined) return [style.dim('  ↓')]
  const parts = [
    jobText(first),
    `run ${printable(first.runId)}`,
    formatUtc(first.lastSeen),
    ...(jobs.length === 1 ? [] : [`and ${counted(jobs.length - 1, 'more job')}`]),
    ...(isCurrent(jobs) ? [] : ['no longer current']),
  ]
  const room = width === undefined ? undefined : Math.max(minKeyWidth, width - 4)
  return wrapParts(parts, room).map((line, index) => style.dim(`  ${index === 0 ? '↓' : ' '} ${line}`))
}

function endLines({ more, truncated }: LineagePaths, { style, depth }: PathsOptions): readonly string[] {
  const lines = [
    ...(more ? ['There may be more paths: show them with a greater --limit'] : []),
    ...(truncated
      ? [
          depth === undefined
            ? 'The search was cut: there may be more paths'
            : `Only paths of up to ${counted(depth, 'step')} were searched: find longer ones with a greater --depth`,
        ]
      : []),
  ]
  return lines.length === 0 ? [] : ['', ...lines.map(style.yellow)]
}

/** That neither of two assets depends on the other, on one line, with where else to search. */
export function noPathText([forth, back]: readonly [LineagePaths, LineagePaths], depth: number | undefined): string {
  const view = viewText(forth)
  const cut = forth.truncated || back.truncated
  const within = !cut ? '' : depth === undefined ? ' as far as the search went' : ` within ${counted(depth, 'step')}`
  const statement = `Neither ${printable(forth.to)} nor ${printable(forth.from)} depends on the other${within}`
  const hints = [
    ...(cut && depth !== undefined ? ['search farther with a greater --depth'] : []),
    ...(forth.edgeChoice === 'ever' ? [] : ['include edges that are no longer current with --edges ever']),
  ]
  return [view === '' ? statement : `${statement} (${view})`, hints.join(', or ')].filter(Boolean).join('; ')
}
