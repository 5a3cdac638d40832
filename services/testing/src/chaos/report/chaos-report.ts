import type { FaultKind } from '../faults/fault-plan.ts'
import type { SendLedger } from '../load/send-ledger.ts'

export type FaultRecord = {
  readonly kind: FaultKind
  readonly detail: string
  /** Milliseconds after the load began. */
  readonly atMs: number
  /** From the first blow until everything ran again. */
  readonly lastedMs: number
  /** From then until the tables held what the log held then; undefined when that was never seen. */
  readonly recoveredMs: number | undefined
}

/** Something that must not be. */
export type Finding = {
  readonly kind:
    | 'lost'
    | 'untrue'
    | 'counted twice'
    | 'wrong row'
    | 'wrong answer'
    | 'dead letter'
    | 'projector ended'
    | 'not caught up'
  /** How many of it. */
  readonly count: number
  /** Enough to investigate it: at most some of many. */
  readonly examples: readonly string[]
}

export type ChaosReport = {
  readonly seed: number
  readonly startedAt: string
  readonly minutes: number
  readonly recordsPerSecond: number
  /** Seconds from one fault to the next; undefined where each waited for the recovery from the last. */
  readonly every: number | undefined
  readonly machine: string
  readonly loadMs: number
  /** From the end of the load until the tables held all of the log; undefined when they did not in time. */
  readonly foldedAfterMs: number | undefined
  /** True when the run was ended before its time. */
  readonly cutShort: boolean
  readonly events: number
  readonly poison: number
  readonly records: number
  readonly duplicates: number
  readonly failedSends: number
  readonly transactions: SendLedger['transactions']
  readonly repeatedDeadLetters: number
  /** Rows of the tables as read, and as stored: re-written rows that are not merged yet are there several times. */
  readonly rowsRead: number
  readonly rowsStored: number
  readonly questions: number
  readonly wrongAnswers: number
  readonly faults: readonly FaultRecord[]
  readonly findings: readonly Finding[]
}

export const countOf = ({ findings }: ChaosReport, ...kinds: readonly Finding['kind'][]): number =>
  findings.filter(({ kind }) => kinds.includes(kind)).reduce((total, { count }) => total + count, 0)
