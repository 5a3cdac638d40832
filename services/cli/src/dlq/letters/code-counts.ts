import type { DeadLetter } from './dead-letter.ts'

/** The number of dead letters with each reason code, most frequent first: UNKNOWN_SCHEMA 3, EMPTY 1. */
export function codeCounts(letters: readonly DeadLetter[]): string {
  const counts = new Map<string, number>()
  for (const { code } of letters) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ')
}
