/** Milliseconds from question to answer, sorted: `rounds` over all questions, one at a time. @throws Error when one is refused */
export async function timedAnswers(urls: readonly string[], rounds: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const url of urls) {
      const beganAt = performance.now()
      const response = await fetch(url)
      const body = await response.text()
      if (!response.ok) throw new Error(`${url}: ${response.status} ${body.slice(0, 500)}`)
      times.push(performance.now() - beganAt)
    }
  }
  return times.sort((a, b) => a - b)
}

/** The value below which the share of the sorted values lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
