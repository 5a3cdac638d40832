/** True when the same call may succeed later without anyone changing anything. */
export const isRetryable = (error: unknown): boolean => (error as { retryable?: unknown }).retryable === true
