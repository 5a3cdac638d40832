// One listener for all producers of the process: each its own would look like a leak of listeners from the eleventh on.
const armed = new Set<ExitFlush>()

function flushAll(): void {
  for (const exit of [...armed]) exit.fire()
}

/** Sends what waits when the process is about to end by itself (`beforeExit`), once and for a bounded time. */
export class ExitFlush {
  readonly #deadlineMs: number
  readonly #flush: (deadlineMs: number) => Promise<void>
  #used = false

  constructor(deadlineMs: number, flush: (deadlineMs: number) => Promise<void>) {
    this.#deadlineMs = deadlineMs
    this.#flush = flush
  }

  /** Something waits. */
  arm(): void {
    if (this.#used || this.#deadlineMs <= 0) return
    if (armed.size === 0) process.on('beforeExit', flushAll)
    armed.add(this)
  }

  /** Nothing waits. */
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
