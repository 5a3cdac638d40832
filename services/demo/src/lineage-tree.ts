/** What of the API's lineage answer the tree needs. */
export type Lineage = {
  readonly nodes: readonly {
    readonly id: number
    readonly key: string
    readonly depth: number
    readonly health: string
  }[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

const foldedFrom = 4

/**
 * The upstreams of the root as an indented tree. An asset that is shown already is not unfolded again, and neighbours
 * with the same folder and the same upstreams share a line.
 */
export function lineageTree({ nodes, edges }: Lineage): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const upstreams = grouped(edges, ({ to }) => to)
  const upstreamIds = (id: number) => (upstreams.get(id) ?? []).map(({ from }) => from)
  const shown = new Set<number>()
  const lines: string[] = []

  const alike = (id: number) =>
    [byId.get(id)?.key.replace(/[^/]*$/, ''), ...upstreamIds(id).toSorted((a, b) => a - b)].join(' ')

  function visit(id: number, first: string, rest: string, others: number): void {
    const { key = '', health = '' } = byId.get(id) ?? {}
    const known = shown.has(id) && upstreamIds(id).length > 0
    const more = others > 0 ? ` and ${others} alike` : ''
    lines.push(`${first}${key}${more}${health === 'FAILED' ? ' (FAILED)' : ''}${known ? ' …' : ''}`)
    if (known) return
    shown.add(id)
    const groups = [...grouped(upstreamIds(id), alike).values()].flatMap((ids) =>
      ids.length >= foldedFrom ? [ids] : ids.map((only) => [only]),
    )
    groups.forEach(([next, ...folded], index) => {
      const last = index === groups.length - 1
      if (next !== undefined)
        visit(next, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`, folded.length)
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
