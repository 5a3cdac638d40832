import { childrenOf, isObject, searchLimits } from './find-upstreams.ts'
import type { Scope } from './scope.ts'
import type { Upstreams } from './upstreams.ts'

/**
 * Links a result to the assets it came from, by identity: the object itself and the objects directly in it, so that
 * `const { users, orders } = await extract()` works. Objects that are linked already keep their link; above the limit only the result is.
 */
export function linkResult(result: unknown, source: Upstreams, scope: Scope): void {
  if (!isObject(result)) return
  const elements = childrenOf(result) ?? []
  scope.link(result, source)
  if (elements.length > searchLimits.childrenOfOne) return
  for (const element of elements) {
    if (isObject(element) && !scope.owns(element)) scope.link(element, source)
  }
}
