import { retryUntilDone } from '@headwater/kafka'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'

/** Runs the steps of a replay, until something interrupts it: its signal, the loss of its claim, or the end of its projector. */
export class Interruptible {
  readonly #signal: AbortSignal
  readonly #interruptions: Promise<never>[]
  readonly #onRetry: (error: Error) => void

  /** @param claimLost rejects when another replay holds the claim @param onRetry called when ClickHouse is waited for */
  constructor(signal: AbortSignal, claimLost: Promise<never>, onRetry: (error: Error) => void = () => undefined) {
    this.#signal = signal
    this.#onRetry = onRetry
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Stopped')), { once: true })
      if (signal.aborted) reject(new Error('Stopped'))
    })
    stopped.catch(() => undefined)
    this.#interruptions = [stopped, claimLost]
  }

  /** @param interruption ends every later step when it rejects */
  interruptOn(interruption: Promise<never>): void {
    this.#interruptions.push(interruption)
  }

  /** Rejects as soon as the replay is interrupted; `work` itself goes on. */
  unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([...this.#interruptions, work])
  }

  /** Retries a call to ClickHouse until it succeeds or the replay is interrupted. */
  query<T>(call: () => Promise<T>): Promise<T> {
    return this.unlessInterrupted(this.retry(call))
  }

  /** Retries a call to ClickHouse that only the signal may interrupt. */
  retry<T>(call: () => Promise<T>): Promise<T> {
    return retryUntilDone(() => translateClickHouseErrors(call), {
      signal: this.#signal,
      onRetry: this.#onRetry,
    })
  }

  pause(ms: number): Promise<void> {
    return this.unlessInterrupted(new Promise<void>((resolve) => setTimeout(resolve, ms)))
  }
}
