import type { CheckSeverity, CheckStatus, RunState } from '@headwater/schemas'

export type HealthStatus = 'HEALTHY' | 'WARNING' | 'DEGRADED' | 'FAILED' | 'UNKNOWN'

export type HealthReasonCode =
  | 'LAST_RUN_FAILED'
  | 'LAST_RUN_ABORTED'
  | 'CHECK_FAILED'
  | 'CHECK_ERRORED'
  | 'CHECK_WARNED'
  | 'LAST_RUN_SUCCEEDED'
  | 'NEVER_ENDED'
  | 'NEVER_WRITTEN'

/** A reason for the health of an asset. `since` is epoch milliseconds. */
export type HealthReason = { readonly code: HealthReasonCode; readonly text: string; readonly since: number | null }

export type Health = { readonly status: HealthStatus; readonly reasons: readonly HealthReason[] }

/** The facts that decide the health of an asset. Times are epoch milliseconds. */
export type AssetSituation = {
  /** The latest ended run that wrote the asset; null when none has ended. */
  readonly lastEnded: {
    readonly state: RunState
    /** "namespace/name", for users. */
    readonly job: string
    readonly endedAt: number
    readonly error: string | null
    /** End of the first failure after the latest success; null when it is not failing, or unknown. */
    readonly failingSince: number | null
  } | null
  /** True when some run wrote or writes it, ended or not. */
  readonly isWritten: boolean
  /** The latest result of each check. */
  readonly checks: readonly {
    readonly name: string
    readonly column: string | null
    readonly severity: CheckSeverity
    readonly status: CheckStatus
    readonly message: string | null
    readonly occurredAt: number
  }[]
}

type Finding = { readonly status: HealthStatus; readonly reason: HealthReason }

const severity = { FAILED: 0, DEGRADED: 1, WARNING: 2, HEALTHY: 3, UNKNOWN: 4 } as const satisfies Record<
  HealthStatus,
  number
>

/** The worst status that applies, FAILED > DEGRADED > WARNING > HEALTHY > UNKNOWN, with every reason for a status worse than HEALTHY. */
export function evaluateHealth(situation: AssetSituation): Health {
  const run = runFinding(situation)
  const checks = situation.checks.map(checkFinding).filter((finding) => finding !== undefined)
  const bad = [run, ...checks].filter(({ status }) => severity[status] < severity.HEALTHY)
  const findings = bad.length === 0 ? [run] : bad.sort((a, b) => severity[a.status] - severity[b.status])
  return { status: findings[0]?.status ?? run.status, reasons: findings.map(({ reason }) => reason) }
}

function runFinding({ lastEnded, isWritten }: AssetSituation): Finding {
  if (lastEnded === null) {
    return isWritten
      ? unknown('NEVER_ENDED', 'No run that writes it has ended yet')
      : unknown('NEVER_WRITTEN', 'It is only read or described; no run has written it')
  }
  const { state, job, endedAt, error, failingSince } = lastEnded
  if (state === 'SUCCEEDED') {
    const reason = { code: 'LAST_RUN_SUCCEEDED', text: `The latest run, of ${job}, succeeded`, since: endedAt } as const
    return { status: 'HEALTHY', reason }
  }
  const [code, verb] = state === 'ABORTED' ? (['LAST_RUN_ABORTED', 'was aborted'] as const) : failed
  const [why = ''] = (error ?? '').split('\n', 1) // the run has the rest
  const text = `The latest run, of ${job}, ${verb}${why === '' ? '' : `: ${why}`}`
  return { status: 'FAILED', reason: { code, text, since: failingSince ?? endedAt } }
}

const failed = ['LAST_RUN_FAILED', 'failed'] as const

const unknown = (code: HealthReasonCode, text: string): Finding => ({
  status: 'UNKNOWN',
  reason: { code, text, since: null },
})

function checkFinding(check: AssetSituation['checks'][number]): Finding | undefined {
  const outcome = outcomes[check.status]
  if (outcome === undefined) return undefined
  const isDegrading = check.severity === 'ERROR' && check.status !== 'WARN'
  const subject = check.column === null ? `Check ${check.name}` : `Check ${check.name} of column ${check.column}`
  const text = `${subject} ${outcome.verb}${check.message === null ? '' : `: ${check.message}`}`
  return {
    status: isDegrading ? 'DEGRADED' : 'WARNING',
    reason: { code: outcome.code, text, since: check.occurredAt },
  }
}

const outcomes: Partial<Record<CheckStatus, { readonly code: HealthReasonCode; readonly verb: string }>> = {
  FAIL: { code: 'CHECK_FAILED', verb: 'failed' },
  ERROR: { code: 'CHECK_ERRORED', verb: 'could not run' },
  WARN: { code: 'CHECK_WARNED', verb: 'warned' },
}
