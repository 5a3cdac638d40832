import { nameText } from '../../text/name-text.ts'
import { ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

/** The engine's name in lower case. The facet is always kept for its versions. */
export const readProcessingEngine: FacetReader<string | undefined> = (facet) => {
  const name = ownText(facet, 'name')
  return { value: name === undefined ? undefined : nameText(name.toLowerCase()), keep: 'facet' }
}
