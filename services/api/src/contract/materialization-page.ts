import { type Static, Type } from 'typebox'
import { answer, expiredBefore, nextCursor } from './answer.ts'
import { jsonObject, RunOutcome } from './run-outcome.ts'
import { component, oneOf, ref, text, timeOrNull } from './schema.ts'

export const Materialization = component(
  'Materialization',
  Type.Object({
    ...RunOutcome.properties,
    nominalEnd: timeOrNull('End of the data interval of the run'),
    metadata: jsonObject('Metadata of the materialization; values are JSON'),
    inputs: Type.Array(Type.String(), { description: 'Keys of the assets that it was made from' }),
    assertion: oneOf(
      ['run', 'explicit'],
      'run: the inputs are those of the whole run; explicit: they were reported for this asset alone',
    ),
    metrics: Type.Record(Type.String(), Type.Number(), { description: 'Metrics that the run measured of this asset' }),
  }),
)
export type Materialization = Static<typeof Materialization>

export const MaterializationPage = answer('MaterializationPage', {
  key: text('Asset key'),
  items: Type.Array(ref(Materialization), {
    description: 'Latest first: by the end of the run or, while it is running, by its latest event',
  }),
  nextCursor,
  expiredBefore,
})
export type MaterializationPage = Static<typeof MaterializationPage>
