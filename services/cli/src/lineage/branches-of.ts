export type Neighbour<Node, Edge> = { readonly node: Node; readonly edge: Edge }

/** A neighbour, or the number of neighbours that the answer leaves out. */
export type Branch<Node, Edge> = Neighbour<Node, Edge> | { readonly omitted: number }

type Direction = 'upstream' | 'downstream'

type Graph<Node, Edge> = {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  readonly omitted: readonly (Readonly<Record<Direction, number>> & { readonly id: number })[]
}

export const isNeighbour = <Node, Edge>(branch: Branch<Node, Edge>): branch is Neighbour<Node, Edge> => 'node' in branch

/**
 * The branches of each node in one direction, in order.
 * @param isBefore whether a neighbour is drawn before another
 */
export function branchesOf<
  Node extends { readonly id: number },
  Edge extends { readonly from: number; readonly to: number },
>(
  { nodes, edges, omitted }: Graph<Node, Edge>,
  direction: Direction,
  isBefore: (a: Neighbour<Node, Edge>, b: Neighbour<Node, Edge>) => boolean,
): (id: number) => readonly Branch<Node, Edge>[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const branches = new Map<number, Branch<Node, Edge>[]>()
  for (const [near, neighbours] of neighboursByNode(edges, byId, direction)) {
    branches.set(
      near,
      neighbours.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)),
    )
  }
  for (const { id, [direction]: count } of omitted) {
    if (count > 0) branches.set(id, [...(branches.get(id) ?? []), { omitted: count }])
  }
  return (id) => branches.get(id) ?? []
}

function neighboursByNode<Node, Edge extends { readonly from: number; readonly to: number }>(
  edges: readonly Edge[],
  byId: ReadonlyMap<number, Node>,
  direction: Direction,
): ReadonlyMap<number, readonly Neighbour<Node, Edge>[]> {
  const found = new Map<number, Neighbour<Node, Edge>[]>()
  for (const edge of edges) {
    const [near, far] = direction === 'upstream' ? [edge.to, edge.from] : [edge.from, edge.to]
    const node = byId.get(far)
    if (node === undefined) continue
    const neighbours = found.get(near)
    if (neighbours === undefined) found.set(near, [{ node, edge }])
    else neighbours.push({ node, edge })
  }
  return found
}
