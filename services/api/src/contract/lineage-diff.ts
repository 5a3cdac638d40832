import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { jobFields, RunReference } from './run-outcome.ts'
import { component, count, oneOf, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

export const EdgeChange = component(
  'EdgeChange',
  Type.Object({
    from: text('Asset that is read'),
    to: text('Asset that is made from it'),
    ...jobFields,
    cause: oneOf(
      ['run', 'restored', 'dropped', 'declared', 'undeclared'],
      'run: a run asserted it, or no longer did; restored: a run wrote again what was dropped; dropped: an end was dropped; declared, undeclared: the job declared it, or no longer did',
    ),
    asset: textOrNull('What was dropped, or written again'),
    run: orNull(ref(RunReference)),
    at: timeOrNull('When that run ended, the asset was dropped, or the job declared something else'),
  }),
)
export type EdgeChange = Static<typeof EdgeChange>

export const LineageDiff = answer('LineageDiff', {
  from: time('Earlier time'),
  to: time('Later time'),
  knownAt: timeOrNull('Only events that were recorded at or before it count'),
  key: textOrNull('The asset around which was looked; null for everywhere'),
  added: Type.Array(ref(EdgeChange), { description: 'Edges of the graph as of `to` alone, by ends and job' }),
  removed: Type.Array(ref(EdgeChange), { description: 'Edges of the graph as of `from` alone, by ends and job' }),
  total: Type.Object({ added: count('Added edges'), removed: count('Removed edges') }),
  truncated: Type.Boolean({ description: 'limit left out edges, or maxNodes assets around the key' }),
})
export type LineageDiff = Static<typeof LineageDiff>
