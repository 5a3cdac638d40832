import type { HealthReasonCode } from '@headwater/lineage'
import { type Static, Type } from 'typebox'
import { component, oneOf, ref, text, timeOrNull } from './schema.ts'

export const healthStatuses = ['HEALTHY', 'WARNING', 'DEGRADED', 'FAILED', 'UNKNOWN'] as const

const reasonCodes = [
  'LAST_RUN_FAILED',
  'LAST_RUN_ABORTED',
  'CHECK_FAILED',
  'CHECK_ERRORED',
  'CHECK_WARNED',
  'LAST_RUN_SUCCEEDED',
  'NEVER_ENDED',
  'NEVER_WRITTEN',
] as const satisfies readonly HealthReasonCode[]

export const HealthReason = component(
  'HealthReason',
  Type.Object({
    code: oneOf(reasonCodes, 'What programs branch on'),
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
