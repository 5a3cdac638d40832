import { type TProperties, Type } from 'typebox'
import { component, text, textOrNull, timeOrNull } from './schema.ts'

/** In every answer of 200: what of the log the answer contains. */
const positioned = {
  position: text(
    'How far the log is folded into this answer: topic:partition:offset, comma separated; at least this far',
  ),
  lagMs: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description:
      'The answer contains everything recorded until this many milliseconds ago; null when that is not known',
  }),
}

export const nextCursor = textOrNull('Pass as cursor to get the next page; null on the last one')

export const expiredBefore = timeOrNull(
  'Of runs before it only sums may be left, which totals count and lists lack; null when everything is kept',
)

/** An answer of 200. */
export const answer = <P extends TProperties>($id: string, properties: P) =>
  component($id, Type.Object({ ...properties, ...positioned }))
