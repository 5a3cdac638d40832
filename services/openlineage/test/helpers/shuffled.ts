/** The same JSON with the keys of every object in a different order; arrays are unchanged. */
export function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, seed))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, found]) => [name, shuffled(found, seed)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a, seed) - rank(b, seed)))
}

function rank(name: string, seed: number): number {
  let hash = seed | 0
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash
}
