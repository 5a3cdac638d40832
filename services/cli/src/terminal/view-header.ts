import type { LineageAnswer } from '@headwater/api/contract'
import type { Style } from './style.ts'
import { formatUtc } from './utc.ts'

type View = {
  readonly asOf?: string | null
  readonly knownAt?: string | null
} & Partial<Pick<LineageAnswer, 'edgeChoice' | 'seenSince'>>

/** A line above an answer about an earlier moment, or about edges that are not current; empty for the current graph. */
export function viewHeader(view: View, style: Style): readonly string[] {
  const text = viewText(view)
  return text === '' ? [] : [style.yellow(text.charAt(0).toUpperCase() + text.slice(1)), '']
}

/** The same for the middle of a sentence; an empty string for the current graph. */
export function viewText({ asOf, knownAt, edgeChoice, seenSince }: View): string {
  const moment = [asOf && `as of ${formatUtc(asOf)}`, knownAt && `as known at ${formatUtc(knownAt)}`]
  return [moment.filter(Boolean).join(', '), edgesText(edgeChoice, seenSince)].filter(Boolean).join('; ')
}

function edgesText(choice: View['edgeChoice'], seenSince: string | null | undefined): string {
  switch (choice) {
    case undefined:
    case 'current':
      return ''
    case 'ever':
      return 'edges of any success'
    case 'seenWithin':
      return seenSince == null ? '' : `edges of any success since ${formatUtc(seenSince)}`
    default:
      return choice satisfies never
  }
}
