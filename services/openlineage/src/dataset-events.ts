import { type HeadwaterEvent, jobEventDefaults } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { sourcesOf } from './edges/column-lineage.ts'
import { explicitSources } from './edges/explicit-lineage.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { type EventOrigin, originOf } from './events/event-origin.ts'
import { withContentId } from './events/with-content-id.ts'
import { type DatasetFacts, readDatasetFacts } from './facts/dataset-facts.ts'
import { distinctDatasets } from './facts/distinct-datasets.ts'
import type { OpenLineageDatasetEvent } from './open-lineage-event.ts'
import { nameText } from './text/name-text.ts'

/** Headwater's events for a DatasetEvent, which reports on a dataset outside of jobs. */
export function datasetEvents(event: OpenLineageDatasetEvent, key: KeyOf): readonly HeadwaterEvent[] {
  const origin = originOf(event)
  const { namespace } = event.dataset
  return distinctDatasets([event.dataset], [], key).flatMap((distinct) => {
    const dataset = readDatasetFacts(distinct, key)
    return [
      ...assetEvents(dataset, { origin, key, namespace, reportedBy: 'no run', hasHappened: true }),
      ...declaredLineage(dataset, namespace, key, origin),
      ...checkEvents(dataset.key, dataset.checks, undefined, origin),
    ]
  })
}

/** Lineage from dataset to dataset. Every edge goes through a job, so each dataset gets a declared job that holds its complete list. */
function declaredLineage(
  dataset: DatasetFacts,
  namespace: string,
  key: KeyOf,
  origin: EventOrigin,
): readonly HeadwaterEvent[] {
  const explicit = dataset.lineage === undefined ? null : explicitSources(dataset.lineage, undefined, [], key)
  const inputs = explicit ?? sourcesOf(dataset.columns)
  if (explicit === null && inputs.length === 0) return []
  const job = { namespace: nameText(namespace), name: nameText(`lineage of ${dataset.key}`), type: 'declared' }
  const lineage = [{ output: dataset.key, inputs }]
  return [withContentId('JobEvent', { ...origin, job, ...jobEventDefaults, lineage })]
}
