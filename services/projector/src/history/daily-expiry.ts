export type DailyExpiryOptions = {
  /** How long history is kept, in milliseconds. */
  readonly keepMs: number
  /** Expires history before the horizon, epoch milliseconds; false when the log is not folded that far yet. */
  readonly expire: (horizon: number) => Promise<boolean>
  /** True for the one projector that expires history. */
  readonly isResponsible: () => boolean
  readonly now: () => number
  readonly onError: (error: Error) => void
}

const dayMs = 86_400_000
const retryAfterMs = 600_000

// Holds: this process runs at most one expiry at a time, and each horizon (midnight UTC) until it succeeds, then never again. Two
// projectors that both believe to be responsible do no harm.

/** Moves the horizon forward once a day. */
export class DailyExpiry {
  readonly #options: DailyExpiryOptions
  #done = Number.NEGATIVE_INFINITY
  #retryAt = Number.NEGATIVE_INFINITY
  #isRunning = false

  constructor(options: DailyExpiryOptions) {
    this.#options = options
  }

  /** Call often: does nothing until the next horizon, or the next attempt, is due. */
  async expireIfDue(): Promise<void> {
    const { keepMs, expire, isResponsible, now, onError } = this.#options
    const horizon = Math.floor((now() - keepMs) / dayMs) * dayMs
    if (this.#isRunning || horizon <= this.#done || now() < this.#retryAt || !isResponsible()) return
    this.#isRunning = true
    try {
      if (await expire(horizon)) this.#done = horizon
      else this.#retryAt = now() + retryAfterMs
    } catch (error) {
      this.#retryAt = now() + retryAfterMs
      onError(error as Error)
    } finally {
      this.#isRunning = false
    }
  }
}
