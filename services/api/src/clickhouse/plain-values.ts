// Values as ClickHouse writes them without any setting, turned into what the settings of a query ask for: times in ISO 8601, 64-bit
// integers as numbers. All times of the tables are in UTC.

type Decode = (value: unknown) => unknown

/** How to read the values of a type of ClickHouse; undefined where nothing changes. */
export function plainValues(type: string): Decode | undefined {
  const { name, parts } = partsOf(type)
  switch (name) {
    case 'Nullable':
    case 'LowCardinality':
      return plainValues(parts[0] ?? '')
    case 'SimpleAggregateFunction':
      return plainValues(parts[1] ?? '')
    case 'Int64':
    case 'UInt64':
      return (value) => (typeof value === 'string' ? Number(value) : value)
    case 'DateTime':
    case 'DateTime64':
      return (value) => (typeof value === 'string' && value[10] === ' ' ? `${value.replace(' ', 'T')}Z` : value)
    case 'Array':
      return inArray(plainValues(parts[0] ?? ''))
    case 'Map':
      return inObject(() => plainValues(parts[1] ?? ''))
    case 'Tuple':
      return inTuple(parts)
    default:
      return undefined
  }
}

const unlessNull =
  (decode: Decode): Decode =>
  (value) =>
    value === null ? null : decode(value)

const inArray = (decode: Decode | undefined): Decode | undefined =>
  decode && unlessNull((values) => (values as unknown[]).map(decode))

const inObject = (decoderOf: (key: string) => Decode | undefined): Decode =>
  unlessNull((value) => {
    const entries = Object.entries(value as object)
    return Object.fromEntries(entries.map(([key, each]) => [key, decoderOf(key)?.(each) ?? each]))
  })

/** Tuples with names come as objects, others as arrays. */
function inTuple(parts: readonly string[]): Decode | undefined {
  const named = parts.map((part) => /^(?:`([^`]*)`|([A-Za-z_]\w*)) (.+)$/s.exec(part))
  const decoders = parts.map((part, index) => plainValues(named[index]?.[3] ?? part))
  if (decoders.every((decode) => decode === undefined)) return undefined
  const byName = new Map(named.map((match, index) => [match?.[1] ?? match?.[2], decoders[index]]))
  return (value) =>
    Array.isArray(value)
      ? value.map((each, index) => decoders[index]?.(each) ?? each)
      : inObject((key) => byName.get(key))(value)
}

/** `Array(Tuple(a String))` has the name Array and one part. */
function partsOf(type: string): { readonly name: string; readonly parts: readonly string[] } {
  const open = type.indexOf('(')
  if (open === -1) return { name: type, parts: [] }
  const parts: string[] = []
  let depth = 0
  let begun = open + 1
  for (const { index, 0: sign } of type.matchAll(/'(?:[^'\\]|\\.)*'|[(),]/g)) {
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (depth === 0 || (depth === 1 && sign === ',')) {
      parts.push(type.slice(begun, index).trim())
      begun = index + 1
    }
  }
  return { name: type.slice(0, open), parts }
}
