import { setTimeout } from 'node:timers/promises'
import { readText } from '@headwater/http/read-text'

const timeoutMs = 5_000
const maxAnswerBytes = 1 << 20

/** @throws Error with the answer, when it is not 2xx */
export async function checkHealth(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  const body = await readText(response, maxAnswerBytes)
  if (response.ok) return
  const isText = response.headers.get('content-type')?.startsWith('text/plain') === true
  const detail = isText ? body.split('\n', 1)[0]?.slice(0, 500) : /"detail":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]
  throw new Error(`answers ${response.status}${detail === undefined ? '' : `: ${detail}`}`)
}

const [startsWithinMs, pollMs] = [10_000, 200]

/** As `checkHealth`, and waits for a service that has just started. */
export async function checkStartedHealth(url: string): Promise<void> {
  const deadline = Date.now() + startsWithinMs
  for (;;) {
    try {
      return await checkHealth(url)
    } catch (error) {
      if (!(error as Error).message.startsWith('answers 503: starting ') || Date.now() > deadline) throw error
      await setTimeout(pollMs)
    }
  }
}
