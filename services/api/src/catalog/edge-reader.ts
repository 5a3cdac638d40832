import type { Edge, GraphView } from '@headwater/lineage'

export interface EdgeReader {
  /** All edges of the view into (upstream) or out of (downstream) any of the assets. Edges of dropped assets are not current. */
  adjacentTo(keys: readonly string[], direction: 'upstream' | 'downstream', view: GraphView): Promise<readonly Edge[]>
}
