import { own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'

/**
 * Owners from a dbt model's configuration: its owner (a name, or several), that of its meta, else its group. The facet is kept: it says
 * more.
 */
export const readDbtModel: FacetReader<readonly string[]> = (facet) => {
  const config = own(facet, 'config')
  const places = [
    own(own(config, 'meta'), 'owner'),
    own(config, 'owner'),
    own(own(facet, 'meta'), 'owner'),
    own(facet, 'owner'),
  ]
  const group = ownText(config, 'group') ?? ownText(facet, 'group')
  const owners = places.map(namesOf).find((names) => names.length > 0) ?? (group === undefined ? [] : [group])
  return { value: owners.map(wellFormed), keep: 'facet' }
}

function namesOf(owner: unknown): readonly string[] {
  const all = Array.isArray(owner) ? owner : [owner]
  return all.flatMap((one) => {
    const name = typeof one === 'string' ? one : (ownText(one, 'email') ?? ownText(one, 'name'))
    return name === undefined || name === '' ? [] : [name]
  })
}
