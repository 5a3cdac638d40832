import { displayWidth, padToWidth } from './display-width.ts'
import { fit } from './fit.ts'

export type TableColumn = {
  readonly title: string
  /** Cut when the lines are wider than the terminal. At most one column is flexible. */
  readonly flexible?: boolean
  readonly paint?: (text: string, row: number) => string
}

const gap = '  '
const minFlexibleWidth = 16

/** Lines of aligned columns under their titles; cuts nothing when `width` is undefined. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  const widths = widthsOf(columns, rows, width)
  const line = (cells: readonly string[], row: number) =>
    cells
      .map((cell, index) => {
        const columnWidth = widths[index] ?? 0
        const text = fit(cell, columnWidth)
        const padding = index === cells.length - 1 ? '' : padToWidth(text, columnWidth).slice(text.length)
        return (row < 0 ? text : (columns[index]?.paint?.(text, row) ?? text)) + padding
      })
      .join(gap)
      .trimEnd()
  return [
    line(
      columns.map(({ title }) => title),
      -1,
    ),
    ...rows.map((row, index) => line(row, index)),
  ]
}

function widthsOf(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly number[] {
  const widths = columns.map(({ title }, index) =>
    [title, ...rows.map((row) => row[index] ?? '')].reduce((max, cell) => Math.max(max, displayWidth(cell)), 0),
  )
  const excess = widths.reduce((sum, each) => sum + each, gap.length * (columns.length - 1)) - (width ?? Infinity)
  return widths.map((each, index) =>
    excess > 0 && columns[index]?.flexible ? Math.max(minFlexibleWidth, each - excess) : each,
  )
}
