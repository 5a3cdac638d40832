import type { AliasIndex, Moment } from '@headwater/lineage'
import { type AssetSets, assetSets } from '../edges/asset-sets.ts'
import type { Ask } from '../query.ts'
import type { CandidateEdge } from './causes-of-changes.ts'
import type { ChangedPair, Span, SpanScope } from './changed-pairs.ts'
import { type DeclaredChange, declaredChanges } from './declared-changes.ts'
import { successfulPairs } from './successful-pairs.ts'

/**
 * Edges into the asset of each pair that changed, and into those of which a job declares something else without having written them.
 * @param pairs whose latest success changed
 * @param scope edges into assets that are not looked at are left out
 */
export async function edgesOfPairs(
  ask: Ask,
  aliases: AliasIndex,
  span: Span,
  pairs: readonly ChangedPair[],
  scope: SpanScope,
): Promise<readonly CandidateEdge[]> {
  const withoutRun = pairs.filter(({ runBefore, runAfter }) => runBefore === '' || runAfter === '')
  const [sets, declared] = await Promise.all([
    assetSets(ask, aliases, [...new Set(pairs.flatMap(({ setsBefore, setsAfter }) => [...setsBefore, ...setsAfter]))]),
    declaredChanges(ask, span, withoutRun, scope),
  ])
  const links = new Map<string, DeclaredChange[]>()
  for (const link of declared) links.set(pairOf(link), [...(links.get(pairOf(link)) ?? []), link])
  const known = new Set(pairs.map((pair) => pairOf({ ...pair, to: pair.asset })))
  const after = { asOf: span.to, knownAt: span.knownAt, horizon: span.horizon }
  const declaredAlone = await neverWritten(ask, aliases, [...links.values()].flatMap(unlessKnown(known)), after)
  return [...pairs, ...declaredAlone].flatMap((pair) =>
    edgesOfPair(pair, links.get(pairOf({ ...pair, to: pair.asset })) ?? [], sets, span),
  )
}

const pairOf = ({ to, jobNamespace, jobName }: { to: string; jobNamespace: string; jobName: string }) =>
  JSON.stringify([to, jobNamespace, jobName])

/** The first link of each pair that is not known to have changed by its runs. */
const unlessKnown =
  (known: ReadonlySet<string>) =>
  ([link]: readonly DeclaredChange[]): readonly DeclaredChange[] =>
    link === undefined || known.has(pairOf(link)) ? [] : [link]

/** Pairs without a success, then, if their runs did not change, at either moment. */
async function neverWritten(
  ask: Ask,
  aliases: AliasIndex,
  links: readonly DeclaredChange[],
  after: Moment,
): Promise<ChangedPair[]> {
  const pairs = links.map(({ to: asset, jobNamespace, jobName }) => ({ asset, jobNamespace, jobName }))
  const successful = await successfulPairs(ask, aliases, pairs, after)
  const written = new Set(successful.map((pair) => pairOf({ ...pair, to: pair.asset })))
  return pairs
    .filter((pair) => !written.has(pairOf({ ...pair, to: pair.asset })))
    .map((pair) => ({ ...pair, runBefore: '', runAfter: '', setsBefore: [], setsAfter: [] }))
}

function edgesOfPair(
  { asset: to, jobNamespace, jobName, runBefore, runAfter, setsBefore, setsAfter }: ChangedPair,
  links: readonly DeclaredChange[],
  sets: AssetSets,
  span: Span,
): readonly CandidateEdge[] {
  const membersOf = (ids: readonly string[]) => ids.flatMap((id) => sets.feeding(id, to))
  const byInput = new Map(links.map((link) => [link.from, link]))
  const declared = (holds: (link: DeclaredChange) => boolean) => links.filter(holds).map(({ from }) => from)
  const read = new Set(runBefore === '' ? declared((link) => link.isDeclaredBefore) : membersOf(setsBefore))
  const reads = new Set(runAfter === '' ? declared((link) => link.isDeclaredAfter) : membersOf(setsAfter))
  return [...new Set([...read, ...reads])].map((from) => {
    const asserted = { assertedBefore: read.has(from), assertedAfter: reads.has(from) }
    const link = byInput.get(from)
    return {
      ...{ from, to, jobNamespace, jobName, runBefore: runBefore === '' ? undefined : runBefore, ...asserted },
      declaration: link && runAfter === '' ? declarationOf(link, asserted, runBefore, span) : undefined,
    }
  })
}

/** What is declared made the difference: a run that no longer counts did only where the declaration was there before. */
function declarationOf(
  { cameAt, wentAt }: DeclaredChange,
  { assertedBefore, assertedAfter }: Pick<CandidateEdge, 'assertedBefore' | 'assertedAfter'>,
  runBefore: string,
  { from }: Span,
): CandidateEdge['declaration'] {
  if (assertedAfter) return runBefore === '' || cameAt > from ? { cause: 'declared', at: cameAt } : undefined
  return assertedBefore && runBefore === '' ? { cause: 'undeclared', at: wentAt } : undefined
}
