import { childrenOf, isObject, searchLimits } from './find-upstreams.ts'
import type { Scope } from './scope.ts'
import type { Upstreams } from './upstreams.ts'

/**
 * Remembers where a result came from, by identity: the value itself, and what it holds directly (so that
 * `const { users, orders } = await extract()` and `const [a, b] = …` keep their origin), unless that has one already or
 * there are too many.
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
