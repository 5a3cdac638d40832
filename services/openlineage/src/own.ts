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
export function ownEntries(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return []
  return Object.entries(value)
    .filter(([, found]) => found !== null && found !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** True when an object has no other own properties than these. */
export const hasOnly = (value: unknown, names: readonly string[]): boolean =>
  ownEntries(value).every(([name]) => names.includes(name))
