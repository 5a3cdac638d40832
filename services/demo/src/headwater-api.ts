import { setTimeout as pause } from 'node:timers/promises'
import type { Lineage } from './lineage-tree.ts'

/** The API does not answer, or does not show every run yet. */
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
    const answer = await get(`/api/v1/runs/${runId}`)
    if (answer.status === 404) return false
    if (!answer.ok) throw new ApiError(`Headwater's API answers ${answer.status} at ${url}/api/v1/runs/${runId}`)
    const { runs } = (await answer.json()) as { runs: readonly { endedAt: string | null }[] }
    return runs.some(({ endedAt }) => endedAt !== null)
  }

  return {
    /** @throws ApiError when it does not answer */
    async requireReachable(): Promise<void> {
      const { ok, status } = await get('/livez')
      if (!ok) throw new ApiError(`${url}/livez answers ${status}; is HEADWATER_API_URL the URL of Headwater's API?`)
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
      if (!answer.ok) throw new ApiError(`Headwater's API answers ${answer.status} at ${url}${path}`)
      return (await answer.json()) as Lineage
    },
  }
}
