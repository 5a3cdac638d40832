import { type HeadwaterEvent, nothingSaidOfAsset, nothingSaidOfJob } from '@headwater/schemas'
import { keyOf } from '../dataset-key.ts'
import type { Exposure } from '../facets/description/dbt-exposures.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import { nameText } from '../text/name-text.ts'
import type { SaidAt } from './event-origin.ts'
import { sealed } from './with-content-id.ts'

const exact = keyOf([])

/**
 * dbt says with each dataset what uses it, and the whole list each time. So each dataset has a declared job of its own, whose lineage is
 * that list: an exposure that is no longer named loses the edge.
 */
export function exposureEvents(said: DatasetSaid, namespace: string, at: SaidAt): readonly HeadwaterEvent[] {
  const { exposures, key } = said
  if (exposures === undefined) return []
  const job = { namespace: nameText(namespace), name: nameText(`exposures of ${key}`), type: 'exposure' }
  const described = exposures.map((exposure) => {
    const { label: name, description, url, owners } = exposure
    const properties = { name, description, url, owners }
    const change = { ...nothingSaidOfAsset, change: 'DESCRIBED', properties } as const
    return sealed('AssetEvent', { ...at, key: exposureKey(exposure), ...change })
  })
  const outputs = [...new Set(exposures.map(exposureKey))]
  const lineage = outputs.map((output) => ({ output, inputs: [key] }))
  return [sealed('JobEvent', { ...at, job, ...nothingSaidOfJob, lineage }), ...described]
}

/** E.g. `dashboard://shop/weekly_orders`: what kind of use, in which dbt project. */
const exposureKey = ({ type, project, name }: Exposure): string => {
  const scheme = /^[a-z][a-z0-9]*$/.test(type.toLowerCase()) ? type.toLowerCase() : 'exposure'
  return exact({ namespace: `${scheme}://${encodeURIComponent(project)}`, name: name.replaceAll('/', '%2F') }).key
}
