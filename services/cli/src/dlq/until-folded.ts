import type { ApiClient } from '../api/api-client.ts'
import { CliError } from '../cli-error.ts'

export type Waited = { readonly kind: 'folded' | 'late' } | { readonly kind: 'unknown'; readonly why: string }

/** Waits until the API answers at a position, for `timeoutMs` at most. */
export async function untilFolded(api: ApiClient, position: string, timeoutMs: number): Promise<Waited> {
  try {
    await api.assets({ limit: 1, waitFor: position, timeoutMs })
    return { kind: 'folded' }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return error.code === 'REFUSED' ? { kind: 'late' } : { kind: 'unknown', why: error.message }
  }
}
