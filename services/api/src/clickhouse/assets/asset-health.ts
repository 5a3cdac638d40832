import { type AssetSituation, evaluateHealth } from '@headwater/lineage'
import type { CheckSeverity } from '@headwater/schemas'
import { isoOrNull } from '../../answers/iso-time.ts'
import type { Health, RunOutcome } from '../../contract/index.ts'
import { placeOfRun } from '../page-of-rows.ts'
import type { LatestCheckRow } from './latest-checks.ts'
import type { OutcomeByStateRow } from './outcomes-by-state.ts'

/** The health of one asset, from the latest run in each state and the latest result of each check. */
export function healthOf(rows: readonly OutcomeByStateRow[], checks: readonly LatestCheckRow[]): Health {
  const lastEnded = latestOutcome(rows.filter(({ endedAt }) => endedAt !== null))
  const failures = rows.flatMap(({ failingSince }) => (failingSince === null ? [] : [Date.parse(failingSince)]))
  const situation: AssetSituation = {
    lastEnded:
      lastEnded === undefined
        ? null
        : {
            state: lastEnded.state,
            job: `${lastEnded.jobNamespace}/${lastEnded.jobName}`,
            endedAt: Date.parse(lastEnded.endedAt ?? ''),
            error: lastEnded.error,
            failingSince: failures.length === 0 ? null : Math.min(...failures),
          },
    isWritten: rows.length > 0,
    checks: checks.map((check) => ({
      ...check,
      severity: check.severity as CheckSeverity,
      occurredAt: Date.parse(check.occurredAt),
    })),
  }
  const { status, reasons } = evaluateHealth(situation)
  return { status, reasons: reasons.map((reason) => ({ ...reason, since: isoOrNull(reason.since) })) }
}

/** The run that comes first in lists. */
export const latestOutcome = <Row extends RunOutcome>(rows: readonly Row[]): Row | undefined =>
  rows.reduce<Row | undefined>((a, b) => (a === undefined ? b : later(a, b)), undefined)

function later<Row extends RunOutcome>(a: Row, b: Row): Row {
  const [first, second] = [placeOfRun(a).at, placeOfRun(b).at]
  if (first !== second) return first > second ? a : b
  return tieBreaker(a) > tieBreaker(b) ? a : b
}

const tieBreaker = ({ jobNamespace, jobName, runId }: RunOutcome) => `${jobNamespace}\n${jobName}\n${runId}`
