import { own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'

export type Exposure = {
  readonly type: string
  readonly project: string
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly url: string | null
  readonly owners: readonly string[] | null
}

/** dbt's word for what uses a model: a dashboard, notebook, application. The facet is kept: it says more. */
export const readDbtExposures: FacetReader<readonly Exposure[]> = (facet) => {
  const { value, keep } = listReading(own(facet, 'exposures'), (entry) => {
    const [, project, ...rest] = ownText(entry, 'unique_id')?.split('.') ?? []
    const name = ownText(entry, 'name') ?? rest.join('.')
    if (name === '') return undefined
    const owner = own(entry, 'owner')
    const who = typeof owner === 'string' ? owner : (ownText(owner, 'email') ?? ownText(owner, 'name'))
    const value: Exposure = {
      type: ownText(entry, 'type') ?? 'exposure',
      project: project ?? '',
      name,
      label: wellFormed(ownText(entry, 'label') ?? name),
      description: ownText(entry, 'description') ?? null,
      url: ownText(entry, 'url') ?? null,
      owners: who === undefined ? null : [wellFormed(who)],
    }
    return { value, isAll: true }
  })
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}
