export type HistoryKeeperOptions = {
  /** How long history is kept, in milliseconds. */
  readonly keepMs: number
  /** Lets what came before the horizon, in epoch milliseconds, expire; false when that cannot be done yet. */
  readonly expire: (horizon: number) => Promise<boolean>
  /** Whether it is this projector that does so. */
  readonly isChosen: () => boolean
  readonly now: () => number
  readonly onError: (error: Error) => void
}

const dayMs = 86_400_000
const patienceMs = 600_000

// Holds: at most one expiry is under way here; a horizon, a midnight (UTC), is tried until it is done, then not again. Should two
// projectors take themselves for the chosen one, no harm is done.

/** Moves the horizon on, day by day. */
export class HistoryKeeper {
  readonly #options: HistoryKeeperOptions
  #done = Number.NEGATIVE_INFINITY
  #quietUntil = Number.NEGATIVE_INFINITY
  #busy = false

  constructor(options: HistoryKeeperOptions) {
    this.#options = options
  }

  /** Lets history expire, if it is time. To be called often. */
  async look(): Promise<void> {
    const { keepMs, expire, isChosen, now, onError } = this.#options
    const horizon = Math.floor((now() - keepMs) / dayMs) * dayMs
    if (this.#busy || horizon <= this.#done || now() < this.#quietUntil || !isChosen()) return
    this.#busy = true
    try {
      if (await expire(horizon)) this.#done = horizon
      else this.#quietUntil = now() + patienceMs
    } catch (error) {
      this.#quietUntil = now() + patienceMs
      onError(error as Error)
    } finally {
      this.#busy = false
    }
  }
}
