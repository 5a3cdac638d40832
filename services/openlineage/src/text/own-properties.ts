// Events come from outside, and `constructor` or `__proto__` is a name like any other: only own properties count, and null is as absent.

export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function own(value: unknown, name: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, name)) return undefined
  return value[name] ?? undefined
}

export function ownText(value: unknown, name: string): string | undefined {
  const found = own(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function ownNumber(value: unknown, name: string): number | undefined {
  const found = own(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** The entries whose value is not null, in the order of their names: JSON's order of keys means nothing. */
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

/** The same object where its entries are sorted and none is null, else a copy that is so. */
export function tidied(value: JsonObject): JsonObject {
  const names = ownNames(value)
  const given = Object.keys(value)
  const isTidy = given.length === names.length && given.every((name, place) => name === names[place])
  return isTidy ? value : Object.fromEntries(names.map((name) => [name, value[name]]))
}

/** True when an object has no other own properties than these. */
export function hasOnly(value: unknown, names: readonly string[]): boolean {
  if (!isObject(value)) return true
  return Object.keys(value).every((name) => names.includes(name) || value[name] === null || value[name] === undefined)
}
