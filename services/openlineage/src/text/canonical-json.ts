import { type JsonObject, ownNames } from './own-properties.ts'

const maxDepth = 64
const tooDeep = '{"_cut":true,"deeperThan":64}'

/**
 * JSON text that is equal for equal content: names sorted, null properties left out. Deeper than 64 levels it is cut, so that no nesting
 * exhausts the stack.
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

/** Only a cache: names repeat, and `JSON.stringify` of a name costs more than the rest of its entry. */
function quotedName(name: string): string {
  const known = quotedNames.get(name)
  if (known !== undefined) return known
  const quoted = JSON.stringify(name)
  if (quotedNames.size < mostNames && name.length <= longestName) quotedNames.set(name, quoted)
  return quoted
}
