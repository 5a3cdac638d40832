import type { LineageAnswer } from '@headwater/api/contract'
import type { Style } from './style.ts'
import { formatUtc } from './utc.ts'

type View = {
  readonly asOf?: string | null
  readonly knownAt?: string | null
} & Partial<Pick<LineageAnswer, 'edgeChoice' | 'seenSince'>>

/** What an answer is about where that is not all that is known now, as a line above it; none where it is. */
export function viewHeader(view: View, style: Style): readonly string[] {
  const text = viewText(view)
  return text === '' ? [] : [style.yellow(text.charAt(0).toUpperCase() + text.slice(1)), '']
}

/** The same for the middle of a sentence; empty where there is nothing to say. */
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
