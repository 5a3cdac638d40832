import { cutText } from '../../text/cut-text.ts'
import { ownProperty } from '../../text/own-properties.ts'
import { type FacetReader, reading } from '../facet-set.ts'

/** The description. The facet is kept where it also has a content type. */
export const readDocumentation: FacetReader<string> = (facet) => {
  const description = ownProperty(facet, 'description')
  return typeof description === 'string' ? reading(cutText(description), facet, ['description']) : undefined
}
