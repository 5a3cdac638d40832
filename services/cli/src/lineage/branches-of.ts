export type Neighbour<Node, Edge> = { readonly node: Node; readonly edge: Edge }

type Graph<Node, Edge> = { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] }

/**
 * The neighbours of each node in one direction, in order.
 * @param isBefore whether a neighbour is drawn before another
 */
export function branchesOf<
  Node extends { readonly id: number },
  Edge extends { readonly from: number; readonly to: number },
>(
  { nodes, edges }: Graph<Node, Edge>,
  direction: 'upstream' | 'downstream',
  isBefore: (a: Neighbour<Node, Edge>, b: Neighbour<Node, Edge>) => boolean,
): (id: number) => readonly Neighbour<Node, Edge>[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const byNear = new Map<number, Neighbour<Node, Edge>[]>()
  for (const edge of edges) {
    const [near, far] = direction === 'upstream' ? [edge.to, edge.from] : [edge.from, edge.to]
    const node = byId.get(far)
    if (node === undefined) continue
    const known = byNear.get(near)
    if (known === undefined) byNear.set(near, [{ node, edge }])
    else known.push({ node, edge })
  }
  for (const neighbours of byNear.values()) neighbours.sort((a, b) => (isBefore(a, b) ? -1 : 1))
  return (id) => byNear.get(id) ?? []
}
