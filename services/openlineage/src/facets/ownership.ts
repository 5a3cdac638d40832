import type { FacetReader } from '../facet-set.ts'
import { hasOnly, own, ownText } from '../own.ts'
import { wellFormed } from '../well-formed.ts'
import { listReading } from './list-reading.ts'

/** Owners by name as given, e.g. `team:data`. Their kinds, where given, are kept beside. */
export const readOwnership: FacetReader<readonly string[]> = (facet) =>
  listReading(own(facet, 'owners'), (owner) => {
    const name = ownText(owner, 'name')
    return name === undefined ? undefined : { value: wellFormed(name), isAll: hasOnly(owner, ['name']) }
  })
