import { type EdgeChange, type Traversal, traverse } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { Span } from '../catalog/change-reader.ts'
import { invalidParameters } from '../parameters/parameter-problem.ts'
import { iso, isoOrNull } from './iso-time.ts'
import { assetNotFound } from './not-found.ts'

export type DiffRequest = {
  readonly span: Span
  /** Where given, only edges between assets near the root at either moment are compared. */
  readonly around: Traversal | undefined
  /** Most added, and most removed edges in the answer. */
  readonly limit: number
}

/** @throws ApiError INVALID_PARAMETER, ASSET_NOT_FOUND */
export async function diffOf(catalog: Catalog, { span, around, limit }: DiffRequest) {
  if (span.from > span.to) {
    const detail = `from must not be later than to: ${iso(span.from)} is after ${iso(span.to)}`
    throw invalidParameters([{ parameter: 'from', detail }])
  }
  const near = around === undefined ? undefined : await assetsNear(catalog, around, span)
  const { added, removed } = await catalog.changes.between(span, near?.keys)
  return {
    ...{ from: iso(span.from), to: iso(span.to), knownAt: isoOrNull(span.knownAt), key: around?.root ?? null },
    added: added.slice(0, limit).map(shown),
    removed: removed.slice(0, limit).map(shown),
    total: { added: added.length, removed: removed.length },
    truncated: (near?.truncated ?? false) || added.length > limit || removed.length > limit,
  }
}

/** Assets near the root in the graph of either moment. */
async function assetsNear(catalog: Catalog, around: Traversal, { from, to, ...known }: Span) {
  const graphs = await Promise.all(
    [from, to].map((asOf) => {
      const view = { moment: { asOf, ...known }, edges: { kind: 'current' } } as const
      return traverse(around, (keys, side) => catalog.edges.adjacentTo(keys, side, view))
    }),
  )
  const summaries = await catalog.assets.summaries([around.root], { asOf: to, ...known })
  if (summaries.length === 0) await assetNotFound(catalog, around.root, { asOf: to, ...known })
  const keys = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ key }) => key)))
  return { keys: [...keys], truncated: graphs.some(({ truncated }) => truncated) }
}

const shown = (change: EdgeChange) => ({ ...change, at: isoOrNull(change.at) })
