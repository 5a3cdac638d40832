import type { AssetCard } from '@headwater/api/contract'

/** How many runs there are in each state; those without any are left out. */
export function runCounts(counts: AssetCard['materializations']): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.toLowerCase()}`)
    .join(', ')
}
