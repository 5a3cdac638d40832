import { jsonOf } from './json-of.ts'
import type { FacetFact } from './statements.ts'

type Statement = {
  readonly metadata: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

/** The facts of an event: `whole` facets where they are not null, each entry of its metadata, and each facet that it removes. */
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

/** `metadata:<name>` names an entry of the metadata, any other text a facet. */
function removedFact(text: string): FacetFact {
  const prefix = 'metadata:'
  return text.startsWith(prefix)
    ? { facet: 'metadata', subject: text.slice(prefix.length), value: 'null' }
    : { facet: text, subject: '', value: 'null' }
}
