import type { ApiClient } from '../../api/api-client.ts'
import { CliError } from '../../cli-error.ts'
import type { Waited } from './wait.ts'

/** The API waits no longer than this at once. */
const atOnceMs = 30_000

/** Waits until the API answers at a position, for `timeoutMs` at most. */
export async function untilFolded(
  api: Pick<ApiClient, 'assets'>,
  position: string,
  timeoutMs: number,
): Promise<Waited> {
  for (let left = timeoutMs; left > 0; left -= atOnceMs) {
    try {
      await api.assets({ limit: 1, waitFor: position, timeoutMs: Math.min(left, atOnceMs) })
      return { kind: 'reached' }
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      if (error.code !== 'REFUSED') return { kind: 'unknown', why: error.message }
    }
  }
  return { kind: 'late' }
}
