import { type Traversal, traverse } from '@headwater/lineage'
import type { AssetCatalog, EdgeChange } from '../catalog/asset-catalog.ts'
import { ApiError } from '../errors.ts'
import { iso, isoOrNull } from './iso-time.ts'
import { assetNotFound } from './not-found.ts'

export type DiffQuestion = {
  /** Epoch milliseconds. */
  readonly span: Parameters<AssetCatalog['edgeChanges']>[0]
  /** Where given, only edges between assets near the root at either time. */
  readonly around: Traversal | undefined
  /** Most edges of each kind in the answer. */
  readonly limit: number
}

/** @throws ApiError INVALID_PARAMETER, ASSET_NOT_FOUND */
export async function diffOf(catalog: AssetCatalog, { span, around, limit }: DiffQuestion) {
  if (span.from > span.to) {
    const detail = `from must be the earlier time, and ${iso(span.from)} is after ${iso(span.to)}`
    throw new ApiError('INVALID_PARAMETER', detail, { parameter: 'from', errors: [{ parameter: 'from', detail }] })
  }
  const near = around === undefined ? undefined : await assetsNear(catalog, around, span)
  const { added, removed } = await catalog.edgeChanges(span, near?.keys)
  return {
    ...{ from: iso(span.from), to: iso(span.to), knownAt: isoOrNull(span.knownAt), key: around?.root ?? null },
    added: added.slice(0, limit).map(shown),
    removed: removed.slice(0, limit).map(shown),
    total: { added: added.length, removed: removed.length },
    truncated: (near?.truncated ?? false) || added.length > limit || removed.length > limit,
  }
}

/** Assets near the root in the graph as of either time. */
async function assetsNear(catalog: AssetCatalog, around: Traversal, { from, to, ...known }: DiffQuestion['span']) {
  const graphs = await Promise.all(
    [from, to].map((asOf) => {
      const view = { moment: { asOf, ...known }, edges: { kind: 'current' } } as const
      return traverse(around, (keys, side) => catalog.edges(keys, side, view))
    }),
  )
  const summaries = await catalog.assetSummaries([around.root], { asOf: to, ...known })
  if (summaries.length === 0) await assetNotFound(catalog, around.root, { asOf: to, ...known })
  const keys = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ key }) => key)))
  return { keys: [...keys], truncated: graphs.some(({ truncated }) => truncated) }
}

const shown = (change: EdgeChange) => ({ ...change, at: isoOrNull(change.at) })
