const removals: Readonly<Record<string, readonly [string, object]>> = {
  description: ['documentation', { description: '' }],
  owners: ['ownership', { owners: [] }],
  tags: ['tags', { tags: [] }],
  schema: ['schema', { fields: [] }],
}

/** Facets that say of others that they hold no longer. Single facts of `headwater_metadata` cannot be taken back so. */
export function removedFacets(removed: readonly string[]): Readonly<Record<string, object>> {
  const facets = removed.flatMap((name) => {
    const [facet, empty] = Object.hasOwn(removals, name) ? (removals[name] ?? []) : []
    return facet === undefined ? [] : [[facet, { ...empty, _deleted: true }] as const]
  })
  return Object.fromEntries(facets)
}
