import type { AliasIndex, Edge, Moment } from '@headwater/lineage'
import { compare } from '../../answers/compare.ts'
import type { EdgeChange, EdgeChanges } from '../../catalog/asset-catalog.ts'
import { ApiError } from '../../errors.ts'
import { edgesEvenIfDropped } from '../edges/clickhouse-edges.ts'
import { droppedAssets } from '../edges/dropped-assets.ts'
import { keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { aliasedInSpan } from './aliased-in-span.ts'
import { type CandidateEdge, causesOf } from './causes-of-changes.ts'
import { changedPairs, type Span } from './changed-pairs.ts'
import { dropCandidates } from './drop-candidates.ts'
import { edgesOfPairs } from './edges-of-pairs.ts'

const mostPairs = 50_000

/**
 * Current edges, through a job each, that are there at one of two moments and not at the other, and what made the difference. Only
 * where a job's latest success reads other sets, where it declares something else, or where an asset is dropped at one moment alone,
 * an edge can have come or gone.
 * @param among where given, only edges between these assets
 * @throws ApiError QUERY_TOO_EXPENSIVE when too much has changed
 */
export async function edgeChanges(
  ask: Ask,
  aliases: AliasIndex,
  span: Span,
  among: readonly string[] | undefined,
): Promise<EdgeChanges> {
  const known = { knownAt: span.knownAt, horizon: span.horizon }
  const before: Moment = { asOf: span.from, ...known }
  const after: Moment = { asOf: span.to, ...known }
  const candidates = await candidateEdges(ask, aliases, span, among, { before, after })
  const ends = [...new Set(candidates.flatMap(({ from, to }) => [from, to]))]
  const [droppedBefore, droppedAfter] = await Promise.all([
    droppedAssets(ask, keyScope(aliases, ends), before),
    droppedAssets(ask, keyScope(aliases, ends), after),
  ])
  const drops = { before: droppedBefore, after: droppedAfter }
  const was = ({ from, to, assertedBefore }: CandidateEdge) =>
    assertedBefore && !droppedBefore.has(from) && !droppedBefore.has(to)
  const is = ({ from, to, assertedAfter }: CandidateEdge) =>
    assertedAfter && !droppedAfter.has(from) && !droppedAfter.has(to)
  const changed = {
    added: candidates.filter((edge) => is(edge) && !was(edge)),
    removed: candidates.filter((edge) => was(edge) && !is(edge)),
  }
  const causes = await causesOf(ask, aliases, changed, { before, after }, drops)
  return { added: causes.added.toSorted(byEnds), removed: causes.removed.toSorted(byEnds) }
}

async function candidateEdges(
  ask: Ask,
  aliases: AliasIndex,
  span: Span,
  among: readonly string[] | undefined,
  { before, after }: { readonly before: Moment; readonly after: Moment },
): Promise<readonly CandidateEdge[]> {
  const scope = {
    ...keyScope(aliases, among ?? (await aliasedInSpan(ask, aliases, span))),
    isWhole: among === undefined,
  }
  const [pairs, mayBeDropped] = await Promise.all([
    changedPairs(ask, span, scope, mostPairs + 1),
    dropCandidates(ask, span, scope),
  ])
  if (pairs.length > mostPairs) {
    throw new ApiError('QUERY_TOO_EXPENSIVE', `More than ${mostPairs} assets changed; give a key or a shorter time`)
  }
  const ofDrops = await edgesOfDrops(ask, aliases, mayBeDropped, before, after)
  // What is known of a pair that changed is more than what is known of its drops, so it comes last.
  const ofPairs = await edgesOfPairs(ask, aliases, span, pairs, scope)
  const edges = new Map([...ofDrops, ...ofPairs].map((edge) => [idOf(edge), edge]))
  const wanted = among === undefined ? undefined : new Set(scope.assets)
  return [...edges.values()].filter(({ from, to }) => wanted === undefined || (wanted.has(from) && wanted.has(to)))
}

const idOf = ({ from, to, jobNamespace, jobName }: Pick<CandidateEdge, 'from' | 'to' | 'jobNamespace' | 'jobName'>) =>
  JSON.stringify([from, to, jobNamespace, jobName])

/** Edges at assets that are dropped at one of the moments alone, of jobs that read the same at both. */
async function edgesOfDrops(
  ask: Ask,
  aliases: AliasIndex,
  candidates: readonly string[],
  before: Moment,
  after: Moment,
): Promise<readonly CandidateEdge[]> {
  if (candidates.length === 0) return []
  const scope = keyScope(aliases, candidates)
  const [was, is] = await Promise.all([droppedAssets(ask, scope, before), droppedAssets(ask, scope, after)])
  const keys = candidates.filter((key) => was.has(key) !== is.has(key))
  if (keys.length === 0) return []
  const [earlier, later] = await Promise.all([before, after].map((moment) => edgesAt(ask, aliases, keys, moment)))
  const ids = new Set([...(earlier?.keys() ?? []), ...(later?.keys() ?? [])])
  return [...ids].flatMap((id) => {
    const [read, reads] = [earlier?.get(id), later?.get(id)]
    const edge = read ?? reads
    if (edge === undefined) return []
    // Without a run it is declared.
    return [
      {
        ...edge,
        runBefore: read?.runId || undefined,
        assertedBefore: read !== undefined,
        assertedAfter: reads !== undefined,
      },
    ]
  })
}

async function edgesAt(ask: Ask, aliases: AliasIndex, keys: readonly string[], moment: Moment) {
  const view = { moment, edges: { kind: 'current' } } as const
  const found = await Promise.all([
    edgesEvenIfDropped(ask, aliases, keys, 'upstream', view),
    edgesEvenIfDropped(ask, aliases, keys, 'downstream', view),
  ])
  const edges = found
    .flat()
    .flatMap(({ from, to, jobs }: Edge) =>
      jobs.map(({ jobNamespace, jobName, runId }) => ({ from, to, jobNamespace, jobName, runId })),
    )
  return new Map(edges.map((edge) => [idOf(edge), edge]))
}

const byEnds = (a: EdgeChange, b: EdgeChange): number =>
  compare(a.from, b.from) ||
  compare(a.to, b.to) ||
  compare(a.jobNamespace, b.jobNamespace) ||
  compare(a.jobName, b.jobName)
