import { type HeadwaterEvent, nothingSaidOfJob } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { sourcesOf } from './edges/column-lineage.ts'
import { statedSources } from './edges/stated-lineage.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { type SaidAt, saidAt } from './events/event-origin.ts'
import { sealed } from './events/with-content-id.ts'
import { type DatasetSaid, readDatasetSaid } from './facts/dataset-facts.ts'
import { seenDatasets } from './facts/seen-datasets.ts'
import type { OpenLineageDatasetEvent } from './open-lineage-event.ts'
import { nameText } from './text/name-text.ts'

/** What an event about a dataset says, outside of jobs. */
export function datasetEvents(event: OpenLineageDatasetEvent, key: KeyOf): readonly HeadwaterEvent[] {
  const at = saidAt(event)
  const { namespace } = event.dataset
  return seenDatasets([event.dataset], [], key).flatMap((dataset) => {
    const said = readDatasetSaid(dataset, key)
    return [
      ...assetEvents(said, { at, key, namespace, told: 'outside runs', hasHappened: true }),
      ...declaredLineage(said, namespace, key, at),
      ...checkEvents(said.key, said.checks, undefined, at),
    ]
  })
}

/** Lineage from dataset to dataset. An edge goes through a job, so a declared one is made for it: one a dataset, its list whole. */
function declaredLineage(said: DatasetSaid, namespace: string, key: KeyOf, at: SaidAt): readonly HeadwaterEvent[] {
  const stated = said.lineage === undefined ? null : statedSources(said.lineage, undefined, [], key)
  const inputs = stated ?? sourcesOf(said.columns)
  if (stated === null && inputs.length === 0) return []
  const job = { namespace: nameText(namespace), name: nameText(`lineage of ${said.key}`), type: 'declared' }
  const lineage = [{ output: said.key, inputs }]
  return [sealed('JobEvent', { ...at, job, ...nothingSaidOfJob, lineage })]
}
