import type { RunIdentity } from '../runs/run-identity.ts'

/** A column of an asset; `column` is empty for the whole row. */
export type ColumnEnd = { readonly key: string; readonly column: string }

/** One column of an asset, or all of them (null). */
export type ColumnSelection = { readonly key: string; readonly column: string | null }

/** How a column is made from another; an empty text means not reported. */
export type ColumnTransformation = {
  /** E.g. IDENTITY, AGGREGATION, FILTER. */
  readonly transformation: string
  /** DIRECT or INDIRECT, as reported. */
  readonly kind: string
  readonly masking: boolean
  readonly description: string
}

/** The run that reported it, the job's latest success; `endedAt` in epoch milliseconds. */
export type ColumnEvidence = RunIdentity & { readonly endedAt: number }

/** A job makes one column from another. */
export type ColumnLink = ColumnTransformation & {
  readonly from: ColumnEnd
  readonly to: ColumnEnd
  readonly by: ColumnEvidence
}

/** The links into (upstream) or out of (downstream) the selected columns; links of whole rows concern every column. */
export function linksOf(
  links: readonly ColumnLink[],
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
): readonly ColumnLink[] {
  const columns = new Map<string, Set<string | null>>()
  for (const { key, column } of selected) {
    const known = columns.get(key)
    if (known === undefined) columns.set(key, new Set([column]))
    else known.add(column)
  }
  return links.filter(({ from, to }) => {
    const { key, column } = direction === 'upstream' ? to : from
    const wanted = columns.get(key)
    return wanted !== undefined && (column === '' || wanted.has(null) || wanted.has(column))
  })
}
