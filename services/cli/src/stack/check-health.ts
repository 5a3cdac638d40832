import { readText } from '@headwater/http/read-text'

const timeoutMs = 5_000
const maxAnswerBytes = 1 << 20

/** @throws Error with the answer, when it is not 2xx */
export async function checkHealth(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  const body = await readText(response, maxAnswerBytes)
  if (response.ok) return
  const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]
  throw new Error(`answers ${response.status}${detail === undefined ? '' : `: ${detail}`}`)
}
