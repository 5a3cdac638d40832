import { printable } from './printable.ts'
import { formatTable } from './table.ts'

/** A title with rows under it; the last column takes the remaining width. Empty without rows. */
export function section(
  title: string,
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  if (rows.length === 0) return []
  const cells = rows.map((row) => row.map(printable))
  const last = (cells[0]?.length ?? 1) - 1
  const columns = (cells[0] ?? []).map((_, index) => ({ title: '', flexible: index === last }))
  const inner = width === undefined ? undefined : width - 2
  return [
    '',
    title,
    ...formatTable(columns, cells, inner)
      .slice(1)
      .map((line) => `  ${line}`),
  ]
}
