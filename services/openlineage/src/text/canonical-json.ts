import { type JsonObject, ownNames } from './own-properties.ts'

const maxDepth = 64
const tooDeep = '{"_cut":true,"deeperThan":64}'

/**
 * JSON text that is the same for the same content: names sorted, entries that are null left out of objects. Bounded in depth, so
 * that no nesting exhausts the stack.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (depth >= maxDepth) return tooDeep
  return Array.isArray(value) ? listText(value, depth + 1) : objectText(value as JsonObject, depth + 1)
}

function listText(list: readonly unknown[], depth: number): string {
  let text = ''
  for (const entry of list) text += `${text === '' ? '' : ','}${canonicalJson(entry, depth)}`
  return `[${text}]`
}

function objectText(object: JsonObject, depth: number): string {
  let text = ''
  for (const name of ownNames(object)) {
    text += `${text === '' ? '' : ','}${quotedName(name)}:${canonicalJson(object[name], depth)}`
  }
  return `{${text}}`
}

const [mostNames, longestName] = [2_000, 64]
const quotedNames = new Map<string, string>()

/** The same names come again and again, and asking JSON for each costs more than the rest of an entry. */
function quotedName(name: string): string {
  const known = quotedNames.get(name)
  if (known !== undefined) return known
  const quoted = JSON.stringify(name)
  if (quotedNames.size < mostNames && name.length <= longestName) quotedNames.set(name, quoted)
  return quoted
}
