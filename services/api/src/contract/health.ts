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
    code: oneOf(reasonCodes, 'Code that programs branch on'),
    text: text('The reason in words'),
    since: timeOrNull('Since when the reason applies'),
  }),
)
export type HealthReason = Static<typeof HealthReason>

export const Health = component(
  'Health',
  Type.Object({
    status: oneOf(healthStatuses, 'The first that applies of FAILED, DEGRADED, WARNING, HEALTHY, UNKNOWN'),
    reasons: Type.Array(ref(HealthReason), { description: 'At least one; most severe first' }),
  }),
)
export type Health = Static<typeof Health>
