import type { Context } from '../../context.ts'
import type { Resolution } from '../letters/dead-letter.ts'

/** When, by whom and why dead letters are resolved. */
export type Decision = Pick<Resolution, 'at' | 'by' | 'note'>

/** A decision of the user who runs the command, made now. */
export const decisionOf = ({ env, now }: Context, note: string | undefined): Decision => ({
  at: now(),
  by: env['USER'] || env['USERNAME'] || 'headwater dlq',
  note,
})
