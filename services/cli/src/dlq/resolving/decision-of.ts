import type { Context } from '../../context.ts'
import type { Decision } from './retry-letters.ts'

/** A decision made now, by who runs the command. */
export const decisionOf = ({ env, now }: Context, note: string | undefined): Decision => ({
  at: now(),
  by: env['USER'] || env['USERNAME'] || 'headwater dlq',
  note,
})
