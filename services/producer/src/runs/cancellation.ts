/** Whether what a function threw means that it was called off: an AbortError, or its signal had been aborted. */
export function isCancellation(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted === true) return true
  if (typeof error !== 'object' || error === null) return false
  try {
    const { name, code } = error as { name?: unknown; code?: unknown }
    return name === 'AbortError' || code === 'ABORT_ERR'
  } catch {
    return false
  }
}
