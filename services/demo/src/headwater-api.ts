import { setTimeout as pause } from 'node:timers/promises'
import type { Lineage } from './lineage-tree.ts'

/** The API does not answer, refuses the key, or does not show every run yet. */
class ApiError extends Error {
  readonly code = 'API_UNAVAILABLE'
  readonly retryable = true
}

/** The part of the read API that the demo uses. */
export function connectApi(url: string, apiKey = '') {
  const headers = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }
  async function get(path: string): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(10_000) })
    } catch (cause) {
      throw new ApiError(
        `Headwater's API does not answer at ${url}; start it with "npm start", or set HEADWATER_API_URL`,
        {
          cause,
        },
      )
    }
  }

  const hasRun = async (runId: string) => {
    const path = `/api/v1/runs/${runId}`
    const answer = await get(path)
    if (answer.status === 404) return false
    if (!answer.ok) throw new ApiError(await refusalText(answer, `${url}${path}`, apiKey !== ''))
    const { runs } = (await answer.json()) as { runs: readonly { endedAt: string | null }[] }
    return runs.some(({ endedAt }) => endedAt !== null)
  }

  return {
    /** Makes sure that the API answers and lets the demo read, before the demo works for a minute. @throws ApiError */
    async requireReadable(): Promise<void> {
      const live = await get('/livez')
      if (!live.ok) {
        throw new ApiError(`${url}/livez answers ${live.status}; is HEADWATER_API_URL the URL of Headwater's API?`)
      }
      const path = '/api/v1/assets?limit=1'
      const answer = await get(path)
      if (!answer.ok) throw new ApiError(await refusalText(answer, `${url}${path}`, apiKey !== ''))
    },
    /** Waits until the API shows the end of each run. @throws ApiError after the deadline, with the number of missing runs */
    async waitForRuns(runIds: Iterable<string>, deadlineMs = 30_000): Promise<void> {
      const deadline = Date.now() + deadlineMs
      let missing = [...runIds]
      while (missing.length > 0) {
        const seen = await Promise.all(missing.map(hasRun))
        missing = missing.filter((_, index) => seen[index] === false)
        if (missing.length === 0) return
        if (Date.now() > deadline) {
          throw new ApiError(
            `${missing.length} runs were delivered but are not yet visible at ${url}; is the projector running?`,
          )
        }
        await pause(200)
      }
    },
    async upstream(key: string): Promise<Lineage> {
      const path = `/api/v1/lineage?key=${encodeURIComponent(key)}&direction=upstream&depth=20`
      const answer = await get(path)
      if (!answer.ok) throw new ApiError(await refusalText(answer, `${url}${path}`, apiKey !== ''))
      return (await answer.json()) as Lineage
    },
  }
}

/** What an answer that is an error means for the user: a missing key, a refused one, or the reason that the API gives. */
async function refusalText(answer: Response, address: string, hasKey: boolean): Promise<string> {
  const { code, detail } = problemOf(await answer.text())
  const reason = detail === undefined ? '' : `: ${detail}${code === undefined ? '' : ` (${code})`}`
  const concernsKey =
    code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || (code === undefined && answer.status === 401)
  if (!concernsKey) return `Headwater's API answers ${answer.status} at ${address}${reason}`
  const creating = 'headwater keys create NAME --scope read creates one'
  return hasKey
    ? `Headwater's API refuses the key in HEADWATER_API_KEY${reason}. Set it to a key with the scope read: ${creating}`
    : `A key is missing: Headwater's API requires one. Set HEADWATER_API_KEY to a key with the scope read: ${creating}`
}

function problemOf(body: string): { readonly code?: string; readonly detail?: string } {
  try {
    const { code, detail } = JSON.parse(body) as { code?: unknown; detail?: unknown }
    return {
      ...(typeof code === 'string' ? { code } : {}),
      ...(typeof detail === 'string' ? { detail } : {}),
    }
  } catch {
    return {}
  }
}
