import { ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'

export type Exposure = {
  readonly type: string
  readonly project: string
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly url: string | null
  readonly owners: readonly string[] | null
}

/** Exposures are dbt's name for the uses of a model: dashboards, notebooks, applications. The facet is always kept, since it has more. */
export const readDbtExposures: FacetReader<readonly Exposure[]> = (facet) => {
  const { value, keep } = readList(ownProperty(facet, 'exposures'), (entry) => {
    const [, project, ...rest] = ownText(entry, 'unique_id')?.split('.') ?? []
    const name = ownText(entry, 'name') ?? rest.join('.')
    if (name === '') return undefined
    const owner = ownProperty(entry, 'owner')
    const ownerName = typeof owner === 'string' ? owner : (ownText(owner, 'email') ?? ownText(owner, 'name'))
    const value: Exposure = {
      type: ownText(entry, 'type') ?? 'exposure',
      project: project ?? '',
      name,
      label: wellFormed(ownText(entry, 'label') ?? name),
      description: ownText(entry, 'description') ?? null,
      url: ownText(entry, 'url') ?? null,
      owners: ownerName === undefined ? null : [wellFormed(ownerName)],
    }
    return { value, isComplete: true }
  })
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}
