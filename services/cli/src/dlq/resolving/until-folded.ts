import type { ApiClient } from '../../api/api-client.ts'
import { CliError } from '../../cli-error.ts'

/** The result of waiting: reached in time, too late, or the reason why it is unknown. */
export type WaitResult = { readonly kind: 'reached' | 'late' } | { readonly kind: 'unknown'; readonly reason: string }

/** The API's limit for one wait. */
const maxWaitMs = 30_000

/** Waits until the API has folded a position, for at most `timeoutMs`. */
export async function untilFolded(
  api: Pick<ApiClient, 'assets'>,
  position: string,
  timeoutMs: number,
): Promise<WaitResult> {
  for (let left = timeoutMs; left > 0; left -= maxWaitMs) {
    try {
      await api.assets({ limit: 1, waitFor: position, timeoutMs: Math.min(left, maxWaitMs) })
      return { kind: 'reached' }
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      if (error.code !== 'REFUSED') return { kind: 'unknown', reason: error.message }
    }
  }
  return { kind: 'late' }
}
