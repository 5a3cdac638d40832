import fc from 'fast-check'

const names = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '',
  'a/b~c',
  'x\u0000y',
  '\ud800',
  'n'.repeat(2000),
]

const deep = (levels: number): unknown => {
  let value: unknown = 'end'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { fields: [value], name: 'n' } : [value]
  return value
}

/** Values that properties should not have. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    ' ',
    '\ud800',
    'a\nb',
    'é'.repeat(3000),
    [],
    {},
    [[]],
    [null],
    [{}],
  ),
  fc.constantFrom(10, 20_000).map((levels) => ({ levels })),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
)

type Step = { readonly at: number; readonly value: unknown; readonly name: string; readonly kind: number }

const step = fc.record({
  at: fc.nat(400),
  value: strange,
  name: fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary' })),
  kind: fc.nat(3),
})

export const steps = fc.array(step, { minLength: 1, maxLength: 6 })

/** `body` with some of its values replaced, removed, renamed or extended. */
export function mutated(body: unknown, changes: readonly Step[]): unknown {
  const holder = { body: structuredClone(body) }
  for (const { value, ...change } of changes) apply(holder, { ...change, value: grown(value) })
  return holder.body
}

/** A step holds a value that is too deep to print as its depth. */
function grown(value: unknown): unknown {
  const levels = typeof value === 'object' && value !== null && 'levels' in value ? value.levels : undefined
  return typeof levels === 'number' ? deep(levels) : structuredClone(value)
}

function apply(holder: object, { at, value, name, kind }: Step): void {
  const places = placesIn(holder)
  const place = places[at % places.length]
  if (place === undefined) return
  const { owner, key } = place
  const record = owner as Record<string, unknown>
  if (kind === 0) record[key] = value
  else if (kind === 1 && Array.isArray(owner)) owner.splice(Number(key), 1)
  else if (kind === 1 && key !== 'body') delete record[key]
  else if (kind === 2 && !Array.isArray(owner) && key !== 'body') define(owner, name, record[key])
  else add(typeof record[key] === 'object' && record[key] !== null ? (record[key] as object) : owner, name, value)
}

function add(owner: object, name: string, value: unknown): void {
  if (Array.isArray(owner)) owner.push(value)
  else define(owner, name, value)
}

const define = (owner: object, name: string, value: unknown) =>
  Object.defineProperty(owner, name, { value, enumerable: true, writable: true, configurable: true })

function placesIn(holder: object): { owner: object; key: string }[] {
  const places: { owner: object; key: string }[] = []
  const queue: object[] = [holder]
  for (let next = queue.shift(); next !== undefined && places.length < 2000; next = queue.shift()) {
    for (const [key, value] of Object.entries(next)) {
      places.push({ owner: next, key })
      if (typeof value === 'object' && value !== null) queue.push(value)
    }
  }
  return places
}
