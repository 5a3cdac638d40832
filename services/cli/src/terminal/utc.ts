/** An ISO time in UTC for people, no finer than it has to be: 2026-11-01 09:30 UTC. */
export function formatUtc(time: string): string {
  const [day, clock] = time.slice(0, -1).split('T')
  return `${day} ${clock?.replace(/(:00)?\.000$/, '')} UTC`
}
