import { type AliasIndex, addingRun, type Moment, removingRun } from '@headwater/lineage'
import type { EdgeChange, EdgeChanges } from '../../catalog/asset-catalog.ts'
import { assetSets } from '../edges/asset-sets.ts'
import type { Ask } from '../query.ts'
import {
  restoringRuns,
  type SuccessRow,
  successesThatChanged,
  type WrittenByRun,
  type WrittenRow,
  writtenBy,
} from './runs-of-changes.ts'

/** An edge through a job that may have come or gone between two moments. */
export type CandidateEdge = {
  readonly from: string
  readonly to: string
  readonly jobNamespace: string
  readonly jobName: string
  /** The job's latest success before, where there was one. */
  readonly runBefore: string | undefined
  /** Whether the latest success at that moment asserts it, dropped or not. */
  /** Or, without a success by then, what the job declares. */
  readonly assertedBefore: boolean
  readonly assertedAfter: boolean
  /** That the edge came or went because the job declared something else, and when, where it did. */
  readonly declaration?: { readonly cause: 'declared' | 'undeclared'; readonly at: number } | undefined
}

type Changed = { readonly added: readonly CandidateEdge[]; readonly removed: readonly CandidateEdge[] }
type Moments = { readonly before: Moment; readonly after: Moment }
/** When each asset was dropped that is dropped at the moment; epoch milliseconds. */
type Drops = { readonly before: ReadonlyMap<string, number>; readonly after: ReadonlyMap<string, number> }

/** Why the edges came and went: by which run, by which drop, or since when the job declares something else. */
export async function causesOf(
  ask: Ask,
  aliases: AliasIndex,
  changed: Changed,
  moments: Moments,
  drops: Drops,
): Promise<EdgeChanges> {
  const restored = changed.added.filter(({ assertedBefore }) => assertedBefore)
  const hidden = changed.removed.filter(({ assertedAfter }) => assertedAfter)
  const added = changed.added.filter(({ assertedBefore }) => !assertedBefore)
  const removed = changed.removed.filter(({ assertedAfter }) => !assertedAfter)
  const byRun = await causedByRuns(ask, aliases, added.filter(isByRun), removed.filter(isByRun), moments)
  return {
    added: [
      ...(await restoredBy(ask, aliases, restored, moments.after, drops.before)),
      ...added.flatMap(byDeclaration),
      ...byRun.added,
    ],
    removed: [
      ...hidden.map((edge) => droppedWith(edge, drops.after)),
      ...removed.flatMap(byDeclaration),
      ...byRun.removed,
    ],
  }
}

const isByRun = ({ declaration }: CandidateEdge) => declaration === undefined

const byDeclaration = (edge: CandidateEdge): readonly EdgeChange[] =>
  edge.declaration === undefined ? [] : [{ ...ends(edge), ...edge.declaration, asset: null, run: null }]

const ends = ({ from, to, jobNamespace, jobName }: CandidateEdge) => ({ from, to, jobNamespace, jobName })

function droppedWith(edge: CandidateEdge, drops: ReadonlyMap<string, number>): EdgeChange {
  const [from, to] = [drops.get(edge.from) ?? -1, drops.get(edge.to) ?? -1]
  const asset = to > from ? edge.to : edge.from
  return { ...ends(edge), cause: 'dropped', asset, run: null, at: Math.max(from, to) }
}

async function restoredBy(
  ask: Ask,
  aliases: AliasIndex,
  edges: readonly CandidateEdge[],
  after: Moment,
  drops: ReadonlyMap<string, number>,
): Promise<readonly EdgeChange[]> {
  const droppedEnds = ({ from, to }: CandidateEdge) => [from, to].filter((key) => drops.has(key))
  const rows = await restoringRuns(ask, aliases, [...new Set(edges.flatMap(droppedEnds))], after)
  const byAsset = new Map(rows.map((row) => [row.asset, row]))
  return edges.map((edge) => {
    const runs = droppedEnds(edge).flatMap((key) => byAsset.get(key) ?? [])
    const last = runs.toSorted(inOrder).at(-1)
    return {
      ...ends(edge),
      cause: 'restored' as const,
      asset: last?.asset ?? null,
      run: last === undefined ? null : runOf(last),
      at: last?.at ?? null,
    }
  })
}

type Placed = WrittenByRun & { readonly at: number }

const inOrder = (a: Placed, b: Placed): number =>
  a.at - b.at || (JSON.stringify(runOf(a)) < JSON.stringify(runOf(b)) ? -1 : 1)

const runOf = ({ jobNamespace, jobName, runId }: WrittenByRun) => ({ jobNamespace, jobName, runId })

async function causedByRuns(
  ask: Ask,
  aliases: AliasIndex,
  added: readonly CandidateEdge[],
  removed: readonly CandidateEdge[],
  { before, after }: Moments,
): Promise<EdgeChanges> {
  const pairs = [...new Map([...added, ...removed].map((edge) => [pairOf(edge), written(edge)])).values()]
  if (pairs.length === 0) return { added: [], removed: [] }
  const successes = await successesThatChanged(ask, aliases, pairs, after)
  const histories = new Map<string, SuccessRow[]>(pairs.map((pair) => [pairOf({ ...pair, to: pair.asset }), []]))
  for (const row of successes) histories.get(pairOf({ ...row, to: row.asset }))?.push(row)
  const wereLatest = added
    .concat(removed)
    .flatMap((edge) => (edge.runBefore === undefined ? [] : [{ ...written(edge), runId: edge.runBefore }]))
  const [then, now] = await Promise.all([
    writtenBy(ask, aliases, successes, before),
    writtenBy(ask, aliases, [...wereLatest, ...successes], after),
  ])
  const asserts = await assertions(ask, aliases, [...successes, ...then, ...now])
  const find = (rows: readonly WrittenRow[]) => {
    const byRun = new Map(rows.map((row) => [runIdOf(row), row]))
    return (edge: CandidateEdge, runId: string) => byRun.get(runIdOf({ ...written(edge), runId }))
  }
  const [rowThen, rowNow] = [find(then), find(now)]
  const assertedBy = (edge: CandidateEdge, row: WrittenRow | undefined) =>
    row?.state === 'SUCCEEDED' && asserts(row, edge.from)
  const historyOf = (edge: CandidateEdge) =>
    (histories.get(pairOf(edge)) ?? []).map((row) => ({ runId: row.runId, asserts: asserts(row, edge.from) }))
  const caused = (edge: CandidateEdge, runId: string | undefined): EdgeChange => ({
    ...ends(edge),
    cause: 'run',
    asset: null,
    run: runId === undefined ? null : { jobNamespace: edge.jobNamespace, jobName: edge.jobName, runId },
    at: runId === undefined ? null : (rowNow(edge, runId)?.at ?? null),
  })
  return {
    added: added.map((edge) =>
      caused(
        edge,
        // Without a success now, what is declared stood in the shadow of one that is no longer what it was.
        addingRun(historyOf(edge), edge.runBefore, (runId) => assertedBy(edge, rowThen(edge, runId))) ?? edge.runBefore,
      ),
    ),
    removed: removed.map((edge) => {
      const latest = edge.runBefore ?? ''
      // What was declared before any success is not what a run has taken back.
      const stillAsserts = edge.runBefore === undefined || assertedBy(edge, rowNow(edge, latest))
      return caused(edge, removingRun(historyOf(edge), latest, stillAsserts))
    }),
  }
}

const written = ({ to, jobNamespace, jobName }: CandidateEdge) => ({ asset: to, jobNamespace, jobName })
const pairOf = ({ to, jobNamespace, jobName }: Pick<CandidateEdge, 'to' | 'jobNamespace' | 'jobName'>) =>
  JSON.stringify([to, jobNamespace, jobName])
const runIdOf = ({ asset, jobNamespace, jobName, runId }: WrittenByRun) =>
  JSON.stringify([asset, jobNamespace, jobName, runId])

/** Whether the sets of a row have an asset as a member. */
async function assertions(ask: Ask, aliases: AliasIndex, rows: readonly (SuccessRow | WrittenRow)[]) {
  const ids = [...new Set(rows.flatMap(({ inputSets: sets }) => sets))]
  const known = await assetSets(ask, aliases, ids)
  const lookups = new Map(ids.map((id) => [id, new Set(known.of(id))]))
  return ({ inputSets: sets }: SuccessRow | WrittenRow, from: string): boolean =>
    sets.some((set) => lookups.get(set)?.has(from) ?? false)
}
