const removals: Readonly<Record<string, readonly [string, object]>> = {
  description: ['documentation', { description: '' }],
  owners: ['ownership', { owners: [] }],
  tags: ['tags', { tags: [] }],
  schema: ['schema', { fields: [] }],
}

/** Facets with `_deleted: true` for removed fields. Single entries of `headwater_metadata` cannot be removed this way. */
export function removedFacets(removed: readonly string[]): Readonly<Record<string, object>> {
  const facets = removed.flatMap((name) => {
    const [facet, empty] = Object.hasOwn(removals, name) ? (removals[name] ?? []) : []
    return facet === undefined ? [] : [[facet, { ...empty, _deleted: true }] as const]
  })
  return Object.fromEntries(facets)
}
