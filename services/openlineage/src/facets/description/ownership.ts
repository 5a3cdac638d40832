import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'

/** Names of owners, unchanged, e.g. `team:data`. The facet is kept where owners also have a type. */
export const readOwnership: FacetReader<readonly string[]> = (facet) =>
  readList(ownProperty(facet, 'owners'), (owner) => {
    const name = ownText(owner, 'name')
    return name === undefined ? undefined : { value: wellFormed(name), isComplete: hasOnly(owner, ['name']) }
  })
