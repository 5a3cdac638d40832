import { childrenOf, isObject } from './find-upstreams.ts'
import type { Scope } from './scope.ts'
import type { Upstreams } from './upstreams.ts'

/** Elements of a result that are linked one by one; beyond it only the whole is. */
const maxLinkedElements = 100

/**
 * Remembers where a result came from, by identity: the value itself, and what it holds directly (so that
 * `const { users, orders } = await extract()` and `const [a, b] = …` keep their origin), unless that has one already.
 */
export function linkResult(result: unknown, source: Upstreams, scope: Scope): void {
  if (!isObject(result)) return
  const elements = childrenOf(result) ?? []
  scope.link(result, source)
  if (elements.length > maxLinkedElements) return
  for (const element of elements) {
    if (isObject(element) && !scope.owns(element)) scope.link(element, source)
  }
}
