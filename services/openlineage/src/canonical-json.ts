import { isObject, ownEntries } from './own.ts'

const maxDepth = 64
const tooDeep = '{"_cut":true,"deeperThan":64}'

/**
 * JSON text that is the same for the same content: names sorted, entries that are null left out of objects. Bounded in depth, so
 * that no nesting exhausts the stack.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    if (depth >= maxDepth) return tooDeep
    return `[${value.map((entry) => canonicalJson(entry, depth + 1)).join(',')}]`
  }
  if (isObject(value)) {
    if (depth >= maxDepth) return tooDeep
    const entries = ownEntries(value).map(
      ([name, found]) => `${JSON.stringify(name)}:${canonicalJson(found, depth + 1)}`,
    )
    return `{${entries.join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
