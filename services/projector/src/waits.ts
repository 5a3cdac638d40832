import { retryUntilDone } from '@headwater/kafka'
import type { Logger } from 'pino'

export type WaitsOptions = {
  readonly logger: Logger
  readonly now: () => number
  /** Called for each failed attempt. */
  readonly onRetry: (error: Error) => void
}

/** A wait of the projector that goes on. `since`: epoch milliseconds. */
type Wait = { readonly reason: string; readonly since: number }

/** Retries a call until it succeeds, for as long as its errors pass. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>

/** What the projector waits for, and since when. Each wait is logged when it begins and when it is over. */
export class Waits {
  readonly #options: WaitsOptions
  readonly #waiting = new Set<Wait>()

  constructor(options: WaitsOptions) {
    this.#options = options
  }

  /** Since when it has been waiting, by reason; epoch milliseconds. */
  get current(): ReadonlyMap<string, number> {
    const since = new Map<string, number>()
    for (const wait of this.#waiting) {
      since.set(wait.reason, Math.min(wait.since, since.get(wait.reason) ?? Number.POSITIVE_INFINITY))
    }
    return since
  }

  /** @throws the error of `call` when it does not pass, or when `signal` has aborted */
  async retry<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { logger, now, onRetry } = this.#options
    let wait: Wait | undefined
    const end = () => {
      if (wait !== undefined) this.#waiting.delete(wait)
    }
    const failed = (error: Error, delayMs: number) => {
      onRetry(error)
      const next = { reason: reasonOf(error), since: wait?.since ?? now() }
      end()
      this.#waiting.add(next)
      const facts = { waitingFor: next.reason, since: new Date(next.since).toISOString(), delayMs }
      logger.warn({ reason: error.message, ...facts }, 'Retrying after an error')
      wait = next
    }
    try {
      const result = await retryUntilDone(call, { signal, onRetry: failed })
      if (wait !== undefined) logger.info(overFacts(wait, now()), 'The wait is over')
      return result
    } finally {
      end()
    }
  }
}

const overFacts = ({ reason, since }: Wait, now: number) => ({ waitedFor: reason, seconds: (now - since) / 1_000 })

/** e.g. CLICKHOUSE_UNAVAILABLE:NOT_ENOUGH_SPACE */
function reasonOf(error: Error): string {
  const { code = 'UNKNOWN', reason } = error as { readonly code?: string; readonly reason?: string }
  return reason === undefined ? code : `${code}:${reason}`
}
