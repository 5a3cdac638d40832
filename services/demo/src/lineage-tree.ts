import { treeRows } from '@headwater/lineage'

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
  const similarity = (id: number) =>
    [byId.get(id)?.key.replace(/[^/]*$/, ''), ...upstreamIds(id).toSorted((a, b) => a - b)].join(' ')
  const branches = (id: number) =>
    [...grouped(upstreamIds(id), similarity).values()].flatMap((ids) =>
      ids.length >= minSimilar ? [ids] : ids.map((only) => [only]),
    )
  const line = ([id = 0, ...similar]: readonly number[]) => {
    const { key = '', health = '' } = byId.get(id) ?? {}
    const more = similar.length > 0 ? ` and ${similar.length} similar` : ''
    return `${key}${more}${health === 'FAILED' ? ' (FAILED)' : ''}`
  }
  const rows = treeRows(0, branches, ([id]) => id).map(({ branch, guides, isLast, isRepeated }) => {
    const isCut = isRepeated && branches(branch[0] ?? 0).length > 0
    return `${guides}${isLast ? '└─ ' : '├─ '}${line(branch)}${isCut ? ' …' : ''}`
  })
  return [line([0]), ...rows]
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
