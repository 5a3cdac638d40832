import { cutText } from '../../text/cut-text.ts'
import { own } from '../../text/own-properties.ts'
import { type FacetReader, reading } from '../facet-set.ts'

/** The description. Its content type is kept beside it where it is given. */
export const readDocumentation: FacetReader<string> = (facet) => {
  const description = own(facet, 'description')
  return typeof description === 'string' ? reading(cutText(description), facet, ['description']) : undefined
}
