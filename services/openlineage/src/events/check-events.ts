import type { CheckResult, HeadwaterEvent } from '@headwater/schemas'
import type { SaidAt } from './event-origin.ts'
import { sealed } from './with-content-id.ts'

type CheckedIn = { readonly runId: string; readonly jobNamespace: string; readonly jobName: string } | undefined

/** Results of checks of one asset, with the run that made them. */
export const checkEvents = (
  key: string,
  checks: readonly CheckResult[],
  run: CheckedIn,
  at: SaidAt,
): readonly HeadwaterEvent[] => {
  const by = run ?? { runId: null, jobNamespace: null, jobName: null }
  return checks.map((check) => sealed('CheckEvent', { ...at, key, ...by, check }))
}
