import type { CatalogStore } from '../catalog/catalog.ts'

/** Longest time that readers may use an outdated horizon; expiry deletes nothing sooner after it publishes a new one. */
const horizonMaxAgeMs = 10_000

/** Returns a function that reads the horizon, at most once every `horizonMaxAgeMs`. */
export function createHorizonWatch(
  store: Pick<CatalogStore, 'horizon'>,
  now: () => number = () => performance.now(),
): () => Promise<number | undefined> {
  let known: { readonly horizon: Promise<number | undefined>; readonly readAt: number } | undefined
  return () => {
    if (known !== undefined && now() - known.readAt < horizonMaxAgeMs) return known.horizon
    const horizon = store.horizon()
    known = { horizon, readAt: now() }
    horizon.catch(() => {
      known = undefined
    })
    return horizon
  }
}
