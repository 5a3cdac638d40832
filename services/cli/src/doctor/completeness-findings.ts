import { createApiClient } from '../api/api-client.ts'
import { gapText } from '../terminal/gap-text.ts'
import { type Finding, gapRemedy } from './finding.ts'

/** Reports records that were deleted from the log before they were folded. Nothing where the API does not answer, which is another finding. */
export async function findCompleteness(baseUrl: string, apiKey: string | undefined): Promise<readonly Finding[]> {
  try {
    const { completeness } = await createApiClient({ baseUrl, apiKey }).assets({ limit: 1 })
    if (completeness === undefined || completeness.complete) return []
    const detail = `missing: ${gapText(completeness)}`
    return [{ name: 'Log', ok: false, needed: false, detail, remedy: gapRemedy }]
  } catch {
    return []
  }
}
