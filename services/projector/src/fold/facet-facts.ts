import { jsonOf } from './json-of.ts'
import type { FacetFact } from './statements.ts'

type Statement = {
  readonly metadata: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

/**
 * One fact per facet, metadata entry and removal that an event states.
 * @param whole facets by name; null means not stated
 */
export function facetFacts(
  whole: Readonly<Record<string, unknown>>,
  { metadata, removed }: Statement,
): readonly FacetFact[] {
  return [
    ...Object.entries(whole)
      .filter(([, value]) => value !== null)
      .map(([facet, value]) => ({ facet, subject: '', value: JSON.stringify(value) })),
    ...Object.entries(metadata).map(([subject, value]) => ({ facet: 'metadata', subject, value: jsonOf(value) })),
    ...removed.map(removedFact),
  ]
}

/** `metadata:<name>` removes one metadata entry, any other text a facet. */
function removedFact(text: string): FacetFact {
  const prefix = 'metadata:'
  return text.startsWith(prefix)
    ? { facet: 'metadata', subject: text.slice(prefix.length), value: 'null' }
    : { facet: text, subject: '', value: 'null' }
}
