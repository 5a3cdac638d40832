import { type TProperties, Type } from 'typebox'
import { Completeness } from './completeness.ts'
import { component, ref, text, textOrNull, timeOrNull } from './schema.ts'

/** Fields of every successful answer: which part of the log it contains. */
const positioned = {
  position: text(
    'The answer contains at least the log up to this position: topic:partition:offset, separated by commas',
  ),
  lagMs: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'The answer contains everything that was recorded until this many milliseconds ago; null when unknown',
  }),
  completeness: ref(Completeness),
}

export const nextCursor = textOrNull('Value of the parameter cursor for the next page; null on the last page')

export const expiredBefore = timeOrNull(
  'Runs that ended before this time may have expired: they count in totals, but are missing from lists; null when everything is kept',
)

/** A successful answer. */
export const answer = <P extends TProperties>($id: string, properties: P) =>
  component($id, Type.Object({ ...properties, ...positioned }))
