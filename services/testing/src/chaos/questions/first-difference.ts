const shown = 160

/** Where two JSON values differ first, and how; undefined when they are equal. The order of names does not count. */
export function firstDifference(found: unknown, expected: unknown, path = ''): string | undefined {
  if (Object.is(found, expected)) return undefined
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) {
    return `${path || 'the answer'} is ${text(found)}, expected ${text(expected)}`
  }
  if (Array.isArray(found) && Array.isArray(expected) && found.length !== expected.length) {
    const [extra, missing] = [onlyIn(found, expected), onlyIn(expected, found)]
    return `${path} has ${found.length} items, expected ${expected.length}; not expected ${text(extra)}, missing ${text(missing)}`
  }
  for (const name of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    const difference = firstDifference(found[name], expected[name], path === '' ? name : `${path}.${name}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function onlyIn(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map((other) => JSON.stringify(other)))
  return items.filter((item) => !known.has(JSON.stringify(item))).slice(0, 2)
}

function text(value: unknown): string {
  const json = JSON.stringify(value) ?? 'missing'
  return json.length > shown ? `${json.slice(0, shown)}…` : json
}
