import { textWithoutSecrets } from '@headwater/lineage'

/**
 * Problems of lineage, none of which fails the job. TRANSPORT_AWAY, TRANSPORT_REFUSED and TRANSPORT_BACK concern the connection;
 * BUFFER_FULL, UNSENDABLE, CLOSED and NOT_DELIVERED lost events; the rest calls whose data was left out. The README lists each code.
 */
export type ProblemCode =
  | 'TRANSPORT_AWAY'
  | 'TRANSPORT_REFUSED'
  | 'TRANSPORT_BACK'
  | 'BUFFER_FULL'
  | 'UNSENDABLE'
  | 'CLOSED'
  | 'NOT_DELIVERED'
  | 'INVALID_KEY'
  | 'INVALID_VALUE'
  | 'NOT_AN_OUTPUT'
  | 'RUN_ENDED'
  | 'UPSTREAMS_CUT'
  | 'INTERNAL'

/** A problem of lineage. Lineage never throws into a job; warnings are its only output. */
export type Warning = { readonly code: ProblemCode; readonly message: string }

export type OnWarning = (warning: Warning) => void

const maxRemembered = 1_000

// Holds: every problem is counted; a message is passed on once, except that each new outage is; none has a secret.

export class Problems {
  readonly #onWarning: OnWarning
  readonly #counts: Partial<Record<ProblemCode, number>> = {}
  readonly #reported = new Set<string>()

  constructor(onWarning: OnWarning = emitProcessWarning) {
    this.#onWarning = onWarning
  }

  /** Counts the problem, and passes its message on unless that has happened before. */
  report(code: ProblemCode, message: string): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    if (this.#reported.has(message) || this.#reported.size >= maxRemembered) return
    this.#reported.add(message)
    this.#warn({ code, message })
  }

  /** Counts the problem, and passes its message on each time. */
  announce(code: ProblemCode, message: string): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    this.#warn({ code, message })
  }

  /** Runs code of lineage; an error becomes an INTERNAL problem. @param what the task as an infinitive, for the message */
  guard<T>(what: string, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.report('INTERNAL', `Lineage could not ${what}: ${textOf(error)}`)
      return undefined
    }
  }

  counts(): Readonly<Partial<Record<ProblemCode, number>>> {
    return { ...this.#counts }
  }

  #warn(warning: Warning): void {
    try {
      this.#onWarning({ ...warning, message: textWithoutSecrets(warning.message) })
    } catch {
      // A listener that throws must not reach the job.
    }
  }
}

function emitProcessWarning({ code, message }: Warning): void {
  process.emitWarning(message, { type: 'HeadwaterWarning', code })
}

/** The message of any thrown value. */
export function textOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.message === 'string' && error.message !== ''
      ? error.message
      : String(error)
  } catch {
    return 'an error without a message'
  }
}
