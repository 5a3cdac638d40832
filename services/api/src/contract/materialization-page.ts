import { type Static, Type } from 'typebox'
import { answer, expiredBefore, nextCursor } from './answer.ts'
import { jsonObject, RunOutcome } from './run-outcome.ts'
import { component, oneOf, ref, text, timeOrNull } from './schema.ts'

export const Materialization = component(
  'Materialization',
  Type.Object({
    ...RunOutcome.properties,
    nominalEnd: timeOrNull('End of the data interval the run was for'),
    metadata: jsonObject('Facts about this materialization; values are JSON'),
    inputs: Type.Array(Type.String(), { description: 'Keys of the assets it was made from' }),
    assertion: oneOf(
      ['run', 'explicit'],
      'run: the inputs are those of the whole run; explicit: stated for this asset',
    ),
    metrics: Type.Record(Type.String(), Type.Number(), { description: 'Numbers the run stated of this asset' }),
  }),
)
export type Materialization = Static<typeof Materialization>

export const MaterializationPage = answer('MaterializationPage', {
  key: text('Asset key'),
  items: Type.Array(ref(Materialization), { description: 'Latest first, by when the run ended or was last heard of' }),
  nextCursor,
  expiredBefore,
})
export type MaterializationPage = Static<typeof MaterializationPage>
