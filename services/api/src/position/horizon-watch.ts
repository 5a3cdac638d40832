import type { CatalogStore } from '../catalog/catalog.ts'

/** For how long readers may take an earlier horizon for the one that holds. Nothing is deleted sooner after a new one is published. */
const horizonMaxAgeMs = 10_000

/** Tells the horizon, read anew when what is known is too old. */
export function createHorizonWatch(
  store: Pick<CatalogStore, 'horizon'>,
  now: () => number = () => performance.now(),
): () => Promise<number | undefined> {
  let known: { readonly horizon: Promise<number | undefined>; readonly askedAt: number } | undefined
  return () => {
    if (known !== undefined && now() - known.askedAt < horizonMaxAgeMs) return known.horizon
    const horizon = store.horizon()
    known = { horizon, askedAt: now() }
    horizon.catch(() => {
      known = undefined
    })
    return horizon
  }
}
