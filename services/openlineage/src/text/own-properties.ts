// Events are untrusted, and `constructor` or `__proto__` can be a name in them: only own properties count, and null counts as absent.

import { wellFormed } from './well-formed.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function ownProperty(value: unknown, name: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, name)) return undefined
  return value[name] ?? undefined
}

export function ownText(value: unknown, name: string): string | undefined {
  const found = ownProperty(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function ownTextOrNull(value: unknown, name: string): string | null {
  const text = ownText(value, name)
  return text === undefined ? null : wellFormed(text)
}

export function ownNumber(value: unknown, name: string): number | undefined {
  const found = ownProperty(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** The properties whose value is not null, sorted by name: the order of keys in JSON has no meaning. */
export const ownEntries = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? ownNames(value).map((name) => [name, value[name]]) : []

/** The names whose value is not null, sorted. */
export function ownNames(value: JsonObject): readonly string[] {
  const names = Object.keys(value)
  let kept = 0
  let isSorted = true
  for (const name of names) {
    const found = value[name]
    if (found === null || found === undefined) continue
    if (kept > 0 && name < (names[kept - 1] as string)) isSorted = false
    names[kept++] = name
  }
  names.length = kept
  return isSorted ? names : names.sort(byCodeUnits)
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : 1)

/** An object without null properties and sorted by name: the same object where it is so already, else a copy. */
export function normalized(value: JsonObject): JsonObject {
  const names = ownNames(value)
  const given = Object.keys(value)
  const isNormal = given.length === names.length && given.every((name, index) => name === names[index])
  return isNormal ? value : Object.fromEntries(names.map((name) => [name, value[name]]))
}

/** True for an object without own properties other than these. */
export function hasOnly(value: unknown, names: readonly string[]): boolean {
  if (!isObject(value)) return true
  return Object.keys(value).every((name) => names.includes(name) || value[name] === null || value[name] === undefined)
}
