import { assetEventDefaults, type HeadwaterEvent, jobEventDefaults } from '@headwater/schemas'
import { keyOf } from '../dataset-key.ts'
import type { Exposure } from '../facets/description/dbt-exposures.ts'
import type { DatasetFacts } from '../facts/dataset-facts.ts'
import { nameText } from '../text/name-text.ts'
import type { EventOrigin } from './event-origin.ts'
import { withContentId } from './with-content-id.ts'

const exact = keyOf([])

/**
 * dbt sends the complete list of exposures with each dataset. So each dataset gets a declared job whose lineage is that list: an exposure
 * that is missing from a later list loses its edge.
 */
export function exposureEvents(
  dataset: DatasetFacts,
  namespace: string,
  origin: EventOrigin,
): readonly HeadwaterEvent[] {
  const { exposures, key } = dataset
  if (exposures === undefined) return []
  const job = { namespace: nameText(namespace), name: nameText(`exposures of ${key}`), type: 'exposure' }
  const described = exposures.map((exposure) => {
    const { label: name, description, url, owners } = exposure
    const properties = { name, description, url, owners }
    const change = { ...assetEventDefaults, change: 'DESCRIBED', properties } as const
    return withContentId('AssetEvent', { ...origin, key: exposureKey(exposure), ...change })
  })
  const outputs = [...new Set(exposures.map(exposureKey))]
  const lineage = outputs.map((output) => ({ output, inputs: [key] }))
  return [withContentId('JobEvent', { ...origin, job, ...jobEventDefaults, lineage }), ...described]
}

/** The key of an exposure, e.g. `dashboard://shop/weekly_orders`: its type, its dbt project and its name. */
const exposureKey = ({ type, project, name }: Exposure): string => {
  const scheme = /^[a-z][a-z0-9]*$/.test(type.toLowerCase()) ? type.toLowerCase() : 'exposure'
  return exact({ namespace: `${scheme}://${encodeURIComponent(project)}`, name: name.replaceAll('/', '%2F') }).key
}
