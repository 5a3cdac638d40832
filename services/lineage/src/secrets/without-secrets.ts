import { hidden, withoutAssigned, withoutFlagged, withoutPaired } from './assigned-secrets.ts'
import { isHarmless } from './harmless-values.ts'
import { isSecretName, namesSeveral } from './secret-names.ts'
import { secretShapes } from './secret-shapes.ts'
import { mayHaveSecret } from './signs-of-secrets.ts'

// Holds: what has no secret is returned as it is, not copied; numbers and booleans stay; a second pass changes nothing.

type JsonObject = Readonly<Record<string, unknown>>

/** Deeper levels are replaced: a stack has an end. Bodies of requests may be half as deep. */
const maxDepth = 200
const pairNames = [
  'name',
  'key',
  'property',
  'setting',
  'option',
  'param',
  'parameter',
  'var',
  'variable',
  'header',
  'k',
]
const valueNames = new Set(['value', 'val', 'v', 'content', 'data', 'default', 'current', 'raw', 'plain', 'text'])

/** The text with `***` in place of passwords, tokens and keys, wherever they are written: in URLs, settings, commands, headers, JSON. */
export function textWithoutSecrets(text: string, depth = 0): string {
  if (!mayHaveSecret(text)) return text
  return jsonWithoutSecrets(text, depth) ?? plainWithoutSecrets(text)
}

function plainWithoutSecrets(text: string): string {
  let masked = text
  for (const [pattern, replacement] of secretShapes) masked = masked.replace(pattern, replacement)
  return withoutFlagged(withoutPaired(withoutAssigned(masked)))
}

const jsonEnds = new Set(['{}', '[]', '""'])

/** The text of a JSON value without secrets; undefined for any other text. */
function jsonWithoutSecrets(text: string, depth: number): string | undefined {
  const json = text.trim()
  if (!jsonEnds.has(`${json[0]}${json.at(-1)}`)) return undefined
  try {
    const value: unknown = JSON.parse(json)
    const masked = withoutSecrets(value, depth + 1)
    return masked === value ? text : JSON.stringify(masked)
  } catch {
    return undefined
  }
}

/**
 * A JSON value with `***` in place of secrets: texts under names such as `database.password`, values of pairs with such a name, what
 * follows `--password` in a list of arguments, and what `textWithoutSecrets` finds in any text or name.
 */
export function withoutSecrets<T>(value: T, depth = 0): T {
  return masked(value, depth) as T
}

function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return textWithoutSecrets(value, depth)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maxDepth) return hidden
  return Array.isArray(value) ? ofList(value, depth + 1) : ofObject(value as JsonObject, depth + 1, false)
}

/** What stands under the name of a secret. */
function secret(value: unknown, name: string, depth: number): unknown {
  if (typeof value === 'string') return isHarmless(value, name) ? value : hidden
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maxDepth) return hidden
  if (Array.isArray(value))
    return same(
      value,
      value.map((entry) => secret(entry, name, depth + 1)),
    )
  return ofObject(value as JsonObject, depth + 1, namesSeveral(name) ? 'members' : 'values')
}

/** @param under the name of a secret: then its values are secrets, or all its members */
function ofObject(object: JsonObject, depth: number, under: false | 'values' | 'members'): JsonObject {
  const isPair = under !== false || pairNames.some((name) => isSecretName(object[name]))
  let isSame = true
  const entries = Object.keys(object).map((name) => {
    const value = object[name]
    const shown = textWithoutSecrets(name)
    const isSecret = under === 'members' || isSecretName(shown) || (isPair && valueNames.has(name))
    const entry = isSecret ? secret(value, shown, depth) : masked(value, depth)
    if (entry !== value || shown !== name) isSame = false
    return [shown, entry] as const
  })
  return isSame ? object : Object.fromEntries(entries)
}

const argument = /^--?[A-Za-z][\w.-]*$/
const setting = /^[\w-]+(?:\.[\w-]+)+$/

function ofList(list: readonly unknown[], depth: number): readonly unknown[] {
  return same(
    list,
    list.map((entry, index) => {
      const before = list[index - 1]
      const isArgument = typeof entry === 'string' && !entry.startsWith('--')
      if (isArgument && isNamed(before, argument)) return secret(entry, before, depth)
      if (!Array.isArray(entry) || entry.length !== 2 || !isNamed(entry[0], setting)) return masked(entry, depth)
      return same(entry, [entry[0], secret(entry[1], entry[0], depth)])
    }),
  )
}

const isNamed = (name: unknown, form: RegExp): name is string =>
  typeof name === 'string' && form.test(name) && isSecretName(name)

const same = (list: readonly unknown[], masked: readonly unknown[]): readonly unknown[] =>
  masked.every((entry, index) => entry === list[index]) ? list : masked
