import { types } from 'node:util'
import { maxPrefectKeyLength } from '@headwater/lineage'
import { Asset, keyProblem } from '../assets/asset.ts'
import type { Scope } from './scope.ts'
import type { Upstreams } from './upstreams.ts'

/** Limits of the search for upstreams in arguments. */
export const searchLimits = { values: 5_000, childrenOfOne: 1_000, depth: 4 } as const

/**
 * Adds to `into` the assets that `values` came from: results of wrapped functions and their promises, `Asset`s, and strings that equal a
 * known key. Keys in `own` do not count: a function often gets the key of its output as an argument.
 * Searches arrays, plain objects, maps and sets breadth first without running code of theirs: accessors and proxies are skipped.
 * @returns true where a limit ended the search
 */
export function findUpstreams(
  values: readonly unknown[],
  scope: Scope,
  own: ReadonlySet<string>,
  into: Upstreams,
): boolean {
  const seen = new Set<object>()
  let level: unknown[] = [...values]
  let visited = 0
  let cut = false
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: unknown[] = []
    for (const value of level) {
      visited += 1
      if (visited > searchLimits.values) return true
      if (typeof value === 'string') {
        if (isKnown(value, scope) && !own.has(value)) into.add(value)
      } else if (isObject(value) && !seen.has(value)) {
        seen.add(value)
        if (addSource(value, scope, own, into)) continue
        const children = childrenOf(value)
        if (children === undefined) continue
        if (depth > searchLimits.depth || children.length > searchLimits.childrenOfOne) cut = true
        if (depth <= searchLimits.depth) {
          for (const child of children.slice(0, searchLimits.childrenOfOne)) next.push(child)
        }
      }
    }
    level = next
  }
  return cut
}

/** True for a value with an identity, which can be a key of a `WeakMap`. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isKnown(text: string, scope: Scope): boolean {
  return text.length <= maxPrefectKeyLength && text.includes('://') && scope.knowsKey(text)
}

function addSource(value: object, scope: Scope, own: ReadonlySet<string>, into: Upstreams): boolean {
  const source = scope.sourceOf(value)
  if (source !== undefined) {
    into.include(source)
    return true
  }
  if (!types.isProxy(value) && value instanceof Asset) {
    if (!own.has(value.key) && keyProblem(value) === undefined) into.add(value.key)
    return true
  }
  return false
}

/** The first values of a container, at most one more than the limit; undefined for a value that is not searched. */
export function childrenOf(value: object): readonly unknown[] | undefined {
  const most = searchLimits.childrenOfOne + 1
  if (types.isProxy(value)) return undefined
  if (typeof value === 'function') return undefined
  if (Array.isArray(value)) return elementsOf(value, most)
  if (types.isMap(value)) return firstOf(Map.prototype.entries.call(value), most).flat()
  if (types.isSet(value)) return firstOf(Set.prototype.values.call(value), most)
  return isPlain(value) ? dataValues(value, most) : undefined
}

// Not slice(): it would call the constructor of a subclass of Array.
function elementsOf(array: readonly unknown[], most: number): unknown[] {
  const elements: unknown[] = []
  for (let index = 0; index < array.length && index < most; index += 1) elements.push(array[index])
  return elements
}

function firstOf<T>(values: Iterator<T>, most: number): T[] {
  const first: T[] = []
  for (let next = values.next(); next.done !== true && first.length < most; next = values.next()) first.push(next.value)
  return first
}

/** True for an object literal of any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function dataValues(value: object, most: number): unknown[] {
  const values: unknown[] = []
  for (const name of Object.keys(value).slice(0, most)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, name)
    if (descriptor !== undefined && 'value' in descriptor) values.push(descriptor.value)
  }
  return values
}
