// Holds: at most `atOnce` holders at a time, at most `waiting` wait, in the order in which they came; a holder leaves once.

export type LaneLimits = {
  readonly atOnce: number
  /** How many may wait; 0 refuses at once what exceeds `atOnce`. */
  readonly waiting: number
  /** The longest wait in milliseconds. */
  readonly waitMs: number
}

/** Why a lane did not let anybody in. */
export type LaneRefusal = 'queue_full' | 'waited_too_long'

/** Bounds how many questions of one kind run at once. */
export class Lane {
  readonly limits: LaneLimits
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor(limits: LaneLimits) {
    this.limits = limits
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Waits for a turn. @returns the function that ends it, or why there is none. @throws the reason of the signal when it aborts before */
  async enter(signal: AbortSignal): Promise<(() => void) | LaneRefusal> {
    signal.throwIfAborted()
    if (this.#running < this.limits.atOnce) this.#running++
    else if (this.#waiting.size >= this.limits.waiting) return 'queue_full'
    else if (!(await this.#turn(signal))) return 'waited_too_long' // else the turn was handed over, and `#running` counts it already
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      this.#next()
    }
  }

  #next(): void {
    const [handOver] = this.#waiting
    if (handOver === undefined) this.#running--
    else handOver()
  }

  /** False when the wait was too long. */
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waiting.delete(handOver)
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
      const handOver = () => {
        stop()
        resolve(true)
      }
      const giveUp = () => {
        stop()
        reject(signal.reason)
      }
      const timer = setTimeout(() => {
        stop()
        resolve(false)
      }, this.limits.waitMs)
      this.#waiting.add(handOver)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }
}
