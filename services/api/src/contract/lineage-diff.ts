import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { jobFields, RunReference } from './run-outcome.ts'
import { component, count, oneOf, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

export const EdgeChange = component(
  'EdgeChange',
  Type.Object({
    from: text('Key of the asset that is read'),
    to: text('Key of the asset that is made from it'),
    ...jobFields,
    cause: oneOf(
      ['run', 'restored', 'dropped', 'declared', 'undeclared'],
      'run: a run asserted the edge, or the latest success no longer does; restored: a run wrote a dropped asset; dropped: one of the assets was dropped; declared, undeclared: the job declared the edge, or no longer does',
    ),
    asset: textOrNull('Key of the asset that was dropped or restored'),
    run: orNull(ref(RunReference)),
    at: timeOrNull('When that run ended, the asset was dropped, or the job changed its declaration'),
  }),
)
export type EdgeChange = Static<typeof EdgeChange>

export const LineageDiff = answer('LineageDiff', {
  from: time('Earlier time'),
  to: time('Later time'),
  knownAt: timeOrNull('Only events that were recorded at or before this time are considered'),
  key: textOrNull('Only edges between assets around this one are compared; null when all edges are'),
  added: Type.Array(ref(EdgeChange), {
    description: 'Edges that are current as of `to`, but not as of `from`; sorted by ends and job',
  }),
  removed: Type.Array(ref(EdgeChange), {
    description: 'Edges that are current as of `from`, but not as of `to`; sorted by ends and job',
  }),
  total: Type.Object({ added: count('Number of added edges'), removed: count('Number of removed edges') }),
  truncated: Type.Boolean({ description: 'limit left out edges, or maxNodes left out assets around the key' }),
})
export type LineageDiff = Static<typeof LineageDiff>
