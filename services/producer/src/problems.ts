/**
 * What can go wrong with lineage while the job goes on:
 * TRANSPORT_AWAY, TRANSPORT_REFUSED and TRANSPORT_BACK tell of the connection, BUFFER_FULL, UNSENDABLE, CLOSED and
 * NOT_DELIVERED of lost events, the others of calls that said nothing useful.
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

/** A sentence for the person who runs the job. Lineage never throws into a job; this is how it speaks. */
export type Warning = { readonly code: ProblemCode; readonly message: string }

export type OnWarning = (warning: Warning) => void

const maxRemembered = 1_000

// Holds: every problem is counted; the same sentence is said once, a new outage is said again.

export class Problems {
  readonly #onWarning: OnWarning
  readonly #counts: Partial<Record<ProblemCode, number>> = {}
  readonly #said = new Set<string>()

  constructor(onWarning: OnWarning = emitProcessWarning) {
    this.#onWarning = onWarning
  }

  /** Counts, and says the sentence unless it has been said. */
  report(code: ProblemCode, message: string): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    if (this.#said.has(message) || this.#said.size >= maxRemembered) return
    this.#said.add(message)
    this.#say({ code, message })
  }

  /** Counts, and says the sentence each time. */
  announce(code: ProblemCode, message: string): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    this.#say({ code, message })
  }

  /** Runs lineage's own code: whatever it throws is a problem, not the job's. */
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

  #say(warning: Warning): void {
    try {
      this.#onWarning(warning)
    } catch {
      // A listener that throws must not reach the job.
    }
  }
}

function emitProcessWarning({ code, message }: Warning): void {
  process.emitWarning(message, { type: 'HeadwaterWarning', code })
}

/** The text of anything thrown, whatever it is. */
export function textOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.message === 'string' && error.message !== ''
      ? error.message
      : String(error)
  } catch {
    return 'an error that has no text'
  }
}
