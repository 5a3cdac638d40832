/** The part of the API's lineage answer that the tree needs. */
export type Lineage = {
  readonly nodes: readonly {
    readonly id: number
    readonly key: string
    readonly depth: number
    readonly health: string
  }[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

/** From this many on, similar neighbours share a line. */
const minSimilar = 4

/**
 * The upstreams of the root as an indented tree. The branches of an asset are shown once, and neighbours with the same
 * directory and the same upstreams share a line.
 */
export function lineageTree({ nodes, edges }: Lineage): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const upstreams = grouped(edges, ({ to }) => to)
  const upstreamIds = (id: number) => (upstreams.get(id) ?? []).map(({ from }) => from)
  const shown = new Set<number>()
  const lines: string[] = []

  const similarity = (id: number) =>
    [byId.get(id)?.key.replace(/[^/]*$/, ''), ...upstreamIds(id).toSorted((a, b) => a - b)].join(' ')

  function visit(id: number, first: string, below: string, similar: number): void {
    const { key = '', health = '' } = byId.get(id) ?? {}
    const isRepeated = shown.has(id) && upstreamIds(id).length > 0
    const more = similar > 0 ? ` and ${similar} similar` : ''
    lines.push(`${first}${key}${more}${health === 'FAILED' ? ' (FAILED)' : ''}${isRepeated ? ' …' : ''}`)
    if (isRepeated) return
    shown.add(id)
    const groups = [...grouped(upstreamIds(id), similarity).values()].flatMap((ids) =>
      ids.length >= minSimilar ? [ids] : ids.map((only) => [only]),
    )
    groups.forEach(([next, ...folded], index) => {
      const last = index === groups.length - 1
      if (next !== undefined)
        visit(next, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`, folded.length)
    })
  }

  visit(0, '', '', 0)
  return lines
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
