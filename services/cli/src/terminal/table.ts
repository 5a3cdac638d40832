import { fit } from './fit.ts'

export type TableColumn = {
  readonly title: string
  /** Made shorter when the lines are too wide. At most one column is. */
  readonly flexible?: boolean
  readonly paint?: (text: string, row: number) => string
}

const gap = '  '
const least = 16

/** Lines of aligned columns under their titles; `width` undefined cuts nothing. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(...[title, ...rows.map((row) => row[index] ?? '')].map((cell) => [...cell].length)),
  )
  const flexible = columns.findIndex((column) => column.flexible)
  const total = widths.reduce((sum, each) => sum + each, 0) + gap.length * (columns.length - 1)
  if (width !== undefined && total > width && flexible >= 0) {
    widths[flexible] = Math.max(least, (widths[flexible] ?? 0) - (total - width))
  }
  const line = (cells: readonly string[], row: number) =>
    cells
      .map((cell, index) => {
        const cut = fit(cell, widths[index] ?? cell.length)
        const painted = row < 0 ? cut : (columns[index]?.paint?.(cut, row) ?? cut)
        return index === cells.length - 1 ? painted : painted + ' '.repeat((widths[index] ?? 0) - [...cut].length)
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
