import type { ColumnLink, ColumnTransformation } from '@headwater/api/contract'
import { printable } from '../terminal/printable.ts'

type Transformation = Pick<ColumnLink, 'kind' | 'transformation' | 'masking' | 'description'> &
  Partial<Pick<ColumnTransformation, 'wholeRow'>>

/** How one column is derived from another, in words. */
export function transformationText({ kind, transformation, masking, description, wholeRow }: Transformation): string {
  const parts = [
    kind?.toLowerCase() ?? (wholeRow ? 'indirect' : undefined),
    transformation ?? undefined,
    masking ? 'masked' : undefined,
    wholeRow ? 'of the whole row' : undefined,
  ].filter((part) => part !== undefined)
  return printable([parts.join(' '), ...(description === null ? [] : [description])].filter(Boolean).join(': '))
}

/** One column derived from another, as a line. */
export function columnLinkText({ from, to, ...how }: ColumnLink): string {
  const text = transformationText(how)
  const ends = `${printable(from ?? '(whole row)')} → ${printable(to ?? '(whole row)')}`
  return text === '' ? ends : `${ends}  ${text}`
}
