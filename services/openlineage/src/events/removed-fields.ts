import { nameText } from '../text/name-text.ts'

const fields: ReadonlyMap<string, string> = new Map([
  ['documentation', 'description'],
  ['ownership', 'owners'],
  ['tags', 'tags'],
  ['schema', 'schema'],
])

/** The fields that deleted facets remove: the field read from the facet, and the metadata kept of it. */
export const removedFields = (deletedFacets: readonly string[], allowed: readonly string[]): readonly string[] =>
  deletedFacets.flatMap((facet) => {
    const field = fields.get(facet)
    const metadata = `metadata:${nameText(facet)}`
    return field !== undefined && allowed.includes(field) ? [field, metadata] : [metadata]
  })
