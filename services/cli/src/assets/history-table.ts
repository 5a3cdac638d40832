import type { Materialization } from '@headwater/api/contract'
import { jobText } from '../lineage/edge-evidence.ts'
import { formatDuration } from '../terminal/age.ts'
import { fit } from '../terminal/fit.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { formatUtc } from '../terminal/utc.ts'

export type HistoryOptions = { readonly style: Style; readonly width: number | undefined }

/** A line for each run that wrote an asset, with the error below a failed one. Empty without runs. */
export function historyTable(items: readonly Materialization[], { style, width }: HistoryOptions): readonly string[] {
  if (items.length === 0) return []
  const rows = items.map((item) => [
    item.state,
    formatUtc(item.endedAt ?? item.lastEventAt),
    tookText(item),
    jobText(item),
    printable(item.runId),
  ])
  const [titles = '', ...lines] = formatTable(columnsOf(style), rows, width)
  return [
    titles,
    ...lines.flatMap((line, index) => {
      const error = items[index]?.error ?? ''
      if (error === '') return [line]
      const text = `  ${printable(error)}`
      return [line, style.red(width === undefined ? text : fit(text, width))]
    }),
  ]
}

const columnsOf = (style: Style) => [
  {
    title: 'State',
    paint: (text: string) =>
      text === 'FAILED' ? style.red(text) : text === 'SUCCEEDED' ? style.green(text) : style.yellow(text),
  },
  { title: 'When' },
  { title: 'Took', paint: style.dim },
  { title: 'Job', flexible: true },
  { title: 'Run', paint: style.dim },
]

const tookText = ({ startedAt, endedAt }: Materialization) =>
  startedAt === null || endedAt === null ? '-' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))
