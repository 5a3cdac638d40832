import { isRetryable } from './is-retryable.ts'

export type RetryOptions = {
  readonly signal: AbortSignal
  readonly onRetry: (error: Error, delayMs: number) => void
  readonly initialDelayMs?: number
  readonly maxDelayMs?: number
}

/** Calls until it succeeds, waiting longer each time; ends with the error when that is not retryable or `signal` aborts. */
export async function retryUntilDone<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, onRetry, initialDelayMs = 100, maxDelayMs = 5_000 } = options
  for (let delayMs = initialDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
    try {
      return await call()
    } catch (error) {
      if (!isRetryable(error) || signal.aborted) throw error
      onRetry(error as Error, delayMs)
      await waited(delayMs, signal)
    }
  }
}

function waited(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, delayMs)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
