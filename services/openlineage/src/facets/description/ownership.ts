import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'

/** Owners by name as given, e.g. `team:data`. Their kinds, where given, are kept beside. */
export const readOwnership: FacetReader<readonly string[]> = (facet) =>
  listReading(own(facet, 'owners'), (owner) => {
    const name = ownText(owner, 'name')
    return name === undefined ? undefined : { value: wellFormed(name), isAll: hasOnly(owner, ['name']) }
  })
