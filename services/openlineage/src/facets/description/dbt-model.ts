import { ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'

/**
 * Owners from a dbt model's configuration: `meta.owner`, then `owner` (each a name or a list), then `group`. The facet is always kept,
 * since it has more.
 */
export const readDbtModel: FacetReader<readonly string[]> = (facet) => {
  const config = ownProperty(facet, 'config')
  const places = [
    ownProperty(ownProperty(config, 'meta'), 'owner'),
    ownProperty(config, 'owner'),
    ownProperty(ownProperty(facet, 'meta'), 'owner'),
    ownProperty(facet, 'owner'),
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
