import { nameText } from '../text/name-text.ts'

const fields: ReadonlyMap<string, string> = new Map([
  ['documentation', 'description'],
  ['ownership', 'owners'],
  ['tags', 'tags'],
  ['schema', 'schema'],
])

/** What a deleted facet takes away: what was read of it and what was kept of it. */
export const removedBy = (facets: readonly string[], has: readonly string[]): readonly string[] =>
  facets.flatMap((facet) => {
    const field = fields.get(facet)
    const kept = `metadata:${nameText(facet)}`
    return field !== undefined && has.includes(field) ? [field, kept] : [kept]
  })
