/**
 * Sends what waits when the process is about to end by itself (`beforeExit`), once and for a bounded time. The listener
 * is there only while something waits.
 */
export class ExitFlush {
  readonly #deadlineMs: number
  readonly #flush: (deadlineMs: number) => Promise<void>
  #armed = false
  #used = false
  readonly #listener = () => {
    this.#used = true
    this.disarm()
    void this.#flush(this.#deadlineMs)
  }

  constructor(deadlineMs: number, flush: (deadlineMs: number) => Promise<void>) {
    this.#deadlineMs = deadlineMs
    this.#flush = flush
  }

  arm(): void {
    if (this.#armed || this.#used || this.#deadlineMs <= 0) return
    this.#armed = true
    process.once('beforeExit', this.#listener)
  }

  disarm(): void {
    if (!this.#armed) return
    this.#armed = false
    process.removeListener('beforeExit', this.#listener)
  }
}
