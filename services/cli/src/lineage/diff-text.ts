import type { EdgeChange, LineageDiff } from '@headwater/api/contract'
import { compareKeys } from '@headwater/lineage'
import { counted } from '../terminal/counted.ts'
import { displayWidth } from '../terminal/display-width.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatUtc } from '../terminal/utc.ts'
import { wrapParts } from '../terminal/wrap-parts.ts'
import { jobText } from './edge-evidence.ts'

export type DiffTextOptions = { readonly style: Style; readonly width: number | undefined }

type Change = EdgeChange & { readonly isAdded: boolean }

const minWidth = 20

/** The edges that changed between two times: grouped by cause in order of time, then by the asset whose upstreams changed. */
export function diffText(diff: LineageDiff, options: DiffTextOptions): readonly string[] {
  const { total, key } = diff
  const where = key === null ? '' : ` around ${printable(key)}`
  const known = diff.knownAt === null ? '' : `, as known at ${formatUtc(diff.knownAt)}`
  const span = `between ${formatUtc(diff.from)} and ${formatUtc(diff.to)}${where}${known}`
  if (total.added + total.removed === 0) return [`No edge changed ${span}`, ...cutLines(diff, options)]
  const changes = [
    ...diff.added.map((change) => ({ ...change, isAdded: true })),
    ...diff.removed.map((change) => ({ ...change, isAdded: false })),
  ]
  return [
    options.style.yellow(`Changes ${span}`),
    ...[...groupedBy(changes.toSorted(byTime), causeOf).values()].flatMap((group) => [
      '',
      ...groupLines(group, options),
    ]),
    '',
    `${counted(total.added, 'edge')} added, ${counted(total.removed, 'edge')} removed`,
    ...cutLines(diff, options),
  ]
}

function cutLines({ added, removed, total, truncated }: LineageDiff, { style }: DiffTextOptions): readonly string[] {
  if (!truncated) return []
  const [addedCut, removedCut] = [added.length < total.added, removed.length < total.removed]
  if (!addedCut && !removedCut)
    return [style.yellow('Cut: not every asset around it was searched; search more with --max-nodes')]
  const shown = [
    addedCut && `${added.length} of ${total.added} added`,
    removedCut && `${removed.length} of ${total.removed} removed`,
  ].filter(Boolean)
  return [style.yellow(`Cut: showing ${shown.join(' and ')}; show more with --limit`)]
}

// ISO times sort as text; changes without a time come last.
const byTime = (a: Change, b: Change): number =>
  compareKeys(a.at ?? '~', b.at ?? '~') ||
  compareKeys(causeOf(a), causeOf(b)) ||
  compareKeys(a.to, b.to) ||
  Number(a.isAdded) - Number(b.isAdded) ||
  compareKeys(a.from, b.from)

const causeOf = ({ at, cause, asset, run }: Change): string =>
  JSON.stringify([at, cause, asset, run?.jobNamespace, run?.jobName, run?.runId])

function groupedBy(changes: readonly Change[], nameOf: (change: Change) => string): ReadonlyMap<string, Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const group = groups.get(nameOf(change))
    if (group === undefined) groups.set(nameOf(change), [change])
    else group.push(change)
  }
  return groups
}

function groupLines(group: readonly Change[], options: DiffTextOptions): readonly string[] {
  const [first] = group
  if (first === undefined) return []
  const cut = (text: string, taken: number) =>
    options.width === undefined ? text : fit(text, Math.max(minWidth, options.width - taken))
  const lines = [...wrapParts(causeParts(first), options.width)]
  for (const [to, changes] of groupedBy(group, (change) => change.to)) {
    lines.push(`  ${options.style.bold(cut(printable(to), 2))}`)
    for (const change of changes) {
      const job = change.run !== null && jobText(change) === jobText(change.run) ? '' : `  ${jobText(change)}`
      const [sign, paint] = change.isAdded ? ['+', options.style.green] : ['-', options.style.red]
      const from = cut(printable(change.from), 11 + displayWidth(job))
      lines.push(`    ${paint(`${sign} from ${from}`)}${options.style.dim(job)}`)
    }
  }
  return lines
}

function causeParts({ at, cause, asset, run }: Change): readonly string[] {
  const when = at === null ? 'unknown time' : formatUtc(at)
  const by = run === null ? ['unknown run'] : [jobText(run), `run ${printable(run.runId)}`]
  const what = asset === null ? 'an asset' : printable(asset)
  switch (cause) {
    case 'run':
      return [when, ...by]
    case 'restored':
      return [when, `${what} was written again after it was dropped`, ...by]
    case 'dropped':
      return [when, `${what} was dropped`]
    case 'declared':
      return [when, 'declared']
    case 'undeclared':
      return [when, 'no longer declared']
    default:
      return cause satisfies never
  }
}
