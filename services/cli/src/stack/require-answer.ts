const withinMs = 5_000

/** @throws Error with what it answered instead of 200 */
export async function requireAnswer(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(withinMs) })
  const body = await response.text()
  if (response.ok) return
  const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]
  throw new Error(`answers ${response.status}${detail === undefined ? '' : `: ${detail}`}`)
}
