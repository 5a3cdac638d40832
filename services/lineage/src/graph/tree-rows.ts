/** A branch of a node, in a graph that is drawn as a tree. */
export type TreeRow<Branch> = {
  readonly branch: Branch
  /** The vertical lines left of the branch, three characters for each node above it. */
  readonly guides: string
  readonly isLast: boolean
  /** Whether the node was drawn before, so that its branches do not follow this row. */
  readonly isRepeated: boolean
}

/**
 * Lays out a graph below a node as a tree, depth first. The branches of a node are drawn once, so a cycle ends.
 * @param idOf the node that a branch leads to; undefined if it leads nowhere
 * @param drawn the nodes whose branches are drawn already; extended by this call
 */
export function treeRows<Branch>(
  root: number,
  branchesOf: (id: number) => readonly Branch[],
  idOf: (branch: Branch) => number | undefined,
  drawn = new Set<number>(),
): readonly TreeRow<Branch>[] {
  const rows: TreeRow<Branch>[] = []
  const draw = (node: number, guides: string) => {
    drawn.add(node)
    const branches = branchesOf(node)
    branches.forEach((branch, index) => {
      const isLast = index === branches.length - 1
      const id = idOf(branch)
      const isRepeated = id !== undefined && drawn.has(id)
      rows.push({ branch, guides, isLast, isRepeated })
      if (id !== undefined && !isRepeated) draw(id, guides + (isLast ? '   ' : '│  '))
    })
  }
  draw(root, '')
  return rows
}
