// One listener for all producers of the process: Node warns of a leak from the eleventh listener on.
const armed = new Set<ExitFlush>()

function flushAll(): void {
  for (const exit of [...armed]) exit.fire()
}

/** Flushes waiting events when the process is about to end by itself (`beforeExit`): once, and within a deadline. */
export class ExitFlush {
  readonly #deadlineMs: number
  readonly #flush: (deadlineMs: number) => Promise<void>
  #used = false

  constructor(deadlineMs: number, flush: (deadlineMs: number) => Promise<void>) {
    this.#deadlineMs = deadlineMs
    this.#flush = flush
  }

  /** Call when events wait. */
  arm(): void {
    if (this.#used || this.#deadlineMs <= 0) return
    if (armed.size === 0) process.on('beforeExit', flushAll)
    armed.add(this)
  }

  /** Call when no event waits. */
  disarm(): void {
    armed.delete(this)
    if (armed.size === 0) process.removeListener('beforeExit', flushAll)
  }

  fire(): void {
    this.#used = true
    this.disarm()
    void this.#flush(this.#deadlineMs)
  }
}
