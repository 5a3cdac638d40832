import { type Static, Type } from 'typebox'
import { component, oneOf, ref, text, timeOrNull } from './schema.ts'

export const healthStatuses = ['HEALTHY', 'WARNING', 'DEGRADED', 'FAILED', 'UNKNOWN'] as const

export const HealthReason = component(
  'HealthReason',
  Type.Object({
    code: text(
      'LAST_RUN_FAILED, LAST_RUN_ABORTED, CHECK_FAILED, CHECK_ERRORED, CHECK_WARNED, LAST_RUN_SUCCEEDED, NEVER_ENDED',
    ),
    text: text('A sentence for people'),
    since: timeOrNull('Since when it holds'),
  }),
)
export type HealthReason = Static<typeof HealthReason>

export const Health = component(
  'Health',
  Type.Object({
    status: oneOf(healthStatuses, 'FAILED > DEGRADED > WARNING > HEALTHY > UNKNOWN: the first that holds'),
    reasons: Type.Array(ref(HealthReason), { description: 'Most severe first; at least one' }),
  }),
)
export type Health = Static<typeof Health>
