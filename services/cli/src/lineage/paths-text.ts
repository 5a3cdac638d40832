import type { LineagePaths, PathNode } from '@headwater/api/contract'
import { healthSign } from '../assets/health-sign.ts'
import { counted } from '../terminal/counted.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatUtc } from '../terminal/utc.ts'
import { wrapParts } from '../terminal/wrap-parts.ts'
import { currentFirst, isCurrent, jobText } from './edge-evidence.ts'

export type PathsOptions = {
  readonly style: Style
  readonly width: number | undefined
  /** The longest path that was looked for, where that was said. */
  readonly depth: number | undefined
}

type Edge = LineagePaths['edges'][number]

const leastKeyWidth = 20

/** The ways data takes from one asset to another, the assets of each from the first to the last with the run between two. */
export function pathsText(answer: LineagePaths, options: PathsOptions): readonly string[] {
  const { style } = options
  const [from, to] = [printable(answer.from), printable(answer.to)]
  const nodes = new Map(answer.nodes.map((node) => [node.id, node]))
  const edges = new Map(answer.edges.map((edge) => [idOf(edge.from, edge.to), edge]))
  return [
    `${style.bold(to)} depends on ${style.bold(from)}: data flows down`,
    ...answer.paths.flatMap((path, index) => [
      '',
      style.dim(`Way ${index + 1}, ${counted(path.length - 1, 'step')}`),
      ...path.flatMap((id, place) => stepLines(nodes.get(id), edges.get(idOf(path[place - 1], id)), options)),
    ]),
    ...endLines(answer, options),
  ]
}

const idOf = (from: number | undefined, to: number) => `${from} ${to}`

/** An asset on a way, below the edge that leads to it; the first has none. */
const stepLines = (node: PathNode | undefined, edge: Edge | undefined, options: PathsOptions): readonly string[] => [
  ...(edge === undefined ? [] : edgeLines(edge, options)),
  ...(node === undefined ? [] : [nodeLine(node, options)]),
]

function nodeLine(node: PathNode, { style, width }: PathsOptions): string {
  const sign = healthSign(node, style)
  const key = printable(node.key)
  return `  ${sign.paint(sign.text)} ${width === undefined ? key : fit(key, Math.max(leastKeyWidth, width - 4))}`
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
  const room = width === undefined ? undefined : Math.max(leastKeyWidth, width - 4)
  return wrapParts(parts, room).map((line, index) => style.dim(`  ${index === 0 ? '↓' : ' '} ${line}`))
}

function endLines({ more, truncated }: LineagePaths, { style, depth }: PathsOptions): readonly string[] {
  const lines = [
    ...(more ? ['There are more ways, or may be: see them with a greater --limit'] : []),
    ...(truncated
      ? [
          depth === undefined
            ? 'The search was cut: there may be ways beyond what was looked at'
            : `No way of more than ${counted(depth, 'step')} was looked for: see longer ones with a greater --depth`,
        ]
      : []),
  ]
  return lines.length === 0 ? [] : ['', ...lines.map(style.yellow)]
}
