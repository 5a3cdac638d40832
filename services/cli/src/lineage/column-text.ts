import type { ColumnLink, ColumnTransformation } from '@headwater/api/contract'
import { printable } from '../terminal/printable.ts'

type Transformation = Pick<ColumnLink, 'kind' | 'transformation' | 'masking' | 'description'> &
  Partial<Pick<ColumnTransformation, 'wholeRow'>>

/** How a column is made of another, in words. */
export function transformationText({ kind, transformation, masking, description, wholeRow }: Transformation): string {
  const words = [
    kind?.toLowerCase() ?? (wholeRow ? 'indirect' : undefined),
    transformation ?? undefined,
    masking ? 'masked' : undefined,
    wholeRow ? 'of the whole row' : undefined,
  ].filter((word) => word !== undefined)
  return printable([words.join(' '), ...(description === null ? [] : [description])].filter(Boolean).join(': '))
}

/** That one column is made of another, as a line. */
export function columnLinkText({ from, to, ...how }: ColumnLink): string {
  const text = transformationText(how)
  const ends = `${printable(from ?? '(whole row)')} → ${printable(to ?? '(whole row)')}`
  return text === '' ? ends : `${ends}  ${text}`
}
