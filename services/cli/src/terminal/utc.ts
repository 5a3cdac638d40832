/** An ISO time in UTC for people, without seconds when they are zero: 2026-11-01 09:30 UTC. */
export function formatUtc(time: string): string {
  const [day, clock] = time.slice(0, -1).split('T')
  return `${day} ${clock?.replace(/(:00)?\.000$/, '')} UTC`
}
