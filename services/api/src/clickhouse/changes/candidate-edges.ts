import {
  type CandidateEdge,
  type ChangedWriter,
  candidatesOf,
  type DeclaredChange,
  type Edge,
  edgesOfWriter,
  jobEdgeKey,
  type Moment,
  type Writer,
  writerKey,
  writerOf,
} from '@headwater/lineage'
import type { Span } from '../../catalog/change-reader.ts'
import { ApiError } from '../../errors.ts'
import { assetSets } from '../edges/asset-sets.ts'
import { assertedEdges } from '../edges/clickhouse-edges.ts'
import { droppedAssets } from '../edges/dropped-assets.ts'
import { keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'
import { aliasedKeys } from './aliased-keys.ts'
import { changedWriters } from './changed-writers.ts'
import { declaredChanges } from './declared-changes.ts'
import { dropCandidates } from './drop-candidates.ts'
import type { Moments, SpanScope } from './span.ts'
import { successfulWriters } from './successful-writers.ts'

const mostWriters = 50_000

/**
 * Edges that may be current at only one of the moments. Only there can an edge change: where the latest success of a job reads other
 * sets, where a job declares other edges, or where an asset is dropped at only one of the moments.
 * @param among where given, only edges between these assets
 */
export async function candidateEdges(
  tables: Tables,
  span: Span,
  moments: Moments,
  among: readonly string[] | undefined,
): Promise<readonly CandidateEdge[]> {
  const keys = among ?? (await aliasedKeys(tables, span))
  const scope = { ...keyScope(tables.aliases, keys), isWhole: among === undefined }
  const [writers, mayBeDropped] = await Promise.all([
    changedWriters(tables, span, scope, mostWriters + 1),
    dropCandidates(tables, span, scope),
  ])
  if (writers.length > mostWriters) {
    const detail = `More than ${mostWriters} pairs of asset and job changed; give a key, or a shorter time`
    throw new ApiError('QUERY_TOO_EXPENSIVE', detail)
  }
  const ofDrops = await edgesOfDrops(tables, mayBeDropped, moments)
  const ofWriters = await edgesOfWriters(tables, span, writers, scope, moments.after)
  // The candidates of writers know more, declarations included, so they replace those of drops.
  const edges = new Map([...ofDrops, ...ofWriters].map((edge) => [jobEdgeKey(edge), edge]))
  const wanted = among === undefined ? undefined : new Set(scope.assets)
  return [...edges.values()].filter(({ from, to }) => wanted === undefined || (wanted.has(from) && wanted.has(to)))
}

/** Edges of the assets that are dropped at only one of the moments. */
async function edgesOfDrops(
  tables: Tables,
  mayBeDropped: readonly string[],
  { before, after }: Moments,
): Promise<readonly CandidateEdge[]> {
  if (mayBeDropped.length === 0) return []
  const [droppedBefore, droppedAfter] = await Promise.all([
    droppedAssets(tables, mayBeDropped, before),
    droppedAssets(tables, mayBeDropped, after),
  ])
  const keys = mayBeDropped.filter((key) => droppedBefore.has(key) !== droppedAfter.has(key))
  if (keys.length === 0) return []
  const [earlier, later] = await Promise.all([edgesAt(tables, keys, before), edgesAt(tables, keys, after)])
  return candidatesOf(earlier, later)
}

async function edgesAt(tables: Tables, keys: readonly string[], moment: Moment): Promise<readonly Edge[]> {
  const view = { moment, edges: { kind: 'current' } } as const
  const [upstream, downstream] = await Promise.all([
    assertedEdges(tables, keys, 'upstream', view),
    assertedEdges(tables, keys, 'downstream', view),
  ])
  return [...upstream, ...downstream]
}

/**
 * Edges of the writers, and of those that have no success and whose job changed its declaration.
 * @param writers whose latest success changed
 * @param scope edges into assets outside it are left out
 */
async function edgesOfWriters(
  tables: Tables,
  span: Span,
  writers: readonly ChangedWriter[],
  scope: SpanScope,
  after: Moment,
): Promise<readonly CandidateEdge[]> {
  const setIds = writers.flatMap(({ setsBefore, setsAfter }) => [...setsBefore, ...setsAfter])
  const withoutRun = writers.filter(({ runBefore, runAfter }) => runBefore === '' || runAfter === '')
  const [sets, links] = await Promise.all([
    assetSets(tables, [...new Set(setIds)]),
    declaredChanges(tables, span, withoutRun, scope),
  ])
  const declared = new Map<string, DeclaredChange[]>()
  for (const link of links) {
    const key = writerKey(writerOf(link))
    declared.set(key, [...(declared.get(key) ?? []), link])
  }
  const known = new Set(writers.map(writerKey))
  const unknown = [...declared].flatMap(([key, [link]]) => (known.has(key) || !link ? [] : [writerOf(link)]))
  return [...writers, ...(await withoutSuccess(tables, unknown, after))].flatMap((writer) =>
    edgesOfWriter(
      writer,
      declared.get(writerKey(writer)) ?? [],
      (setId, asset) => sets.feeding(setId, asset),
      span.from,
    ),
  )
}

/** The writers that have no success at the later moment and so, since their runs did not change, none at the earlier one. */
async function withoutSuccess(
  tables: Tables,
  writers: readonly Writer[],
  after: Moment,
): Promise<readonly ChangedWriter[]> {
  const successful = new Set((await successfulWriters(tables, writers, after)).map(writerKey))
  return writers
    .filter((writer) => !successful.has(writerKey(writer)))
    .map((writer) => ({ ...writer, runBefore: '', runAfter: '', setsBefore: [], setsAfter: [] }))
}
