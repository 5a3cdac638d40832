/** True when the same call may succeed later without any change. */
export const isRetryable = (error: unknown): boolean => (error as { retryable?: unknown }).retryable === true

export type RetryOptions = {
  readonly signal: AbortSignal
  readonly onRetry: (error: Error, delayMs: number) => void
  /** Whether an error ends the call although it is retryable; default: none does. */
  readonly isFinal?: (error: unknown) => boolean
  /** Default 100. */
  readonly initialDelayMs?: number
  /** Default 5,000. */
  readonly maxDelayMs?: number
}

/**
 * Calls until it succeeds, doubling the delay between attempts.
 * @throws the error of `call` when it is not retryable or final, or when `signal` has aborted
 */
export async function retryUntilDone<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, onRetry, isFinal = () => false, initialDelayMs = 100, maxDelayMs = 5_000 } = options
  for (let delayMs = initialDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
    try {
      return await call()
    } catch (error) {
      if (!isRetryable(error) || isFinal(error) || signal.aborted) throw error
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
