import type { CheckResult, HeadwaterEvent } from '@headwater/schemas'
import type { EventOrigin } from './event-origin.ts'
import { withContentId } from './with-content-id.ts'

type CheckingRun = { readonly runId: string; readonly jobNamespace: string; readonly jobName: string }

/** One event for each check of an asset, with the run that checked it; `run` is undefined for checks outside of runs. */
export const checkEvents = (
  key: string,
  checks: readonly CheckResult[],
  run: CheckingRun | undefined,
  origin: EventOrigin,
): readonly HeadwaterEvent[] => {
  const checkedIn = run ?? { runId: null, jobNamespace: null, jobName: null }
  return checks.map((check) => withContentId('CheckEvent', { ...origin, key, ...checkedIn, check }))
}
