import { compareKeys, latestEntries, platformOf } from '@headwater/lineage'
import type { AssetProperties, Column } from '@headwater/schemas'
import type { AssetReader } from '../../src/catalog/asset-reader.ts'
import { type AssetCard, runStates } from '../../src/contract/index.ts'
import {
  assetValue,
  healthOf,
  latestChecks,
  lifeOf,
  matchingKeys,
  metricsOf,
  summaryOf,
  writersOf,
} from './asset-answers.ts'
import type { TestLog } from './folded-log.ts'
import { edgesOf } from './in-memory-graph.ts'
import { iso, isoOrNull, outcomeOf, outcomeOrNull, pageOf, pageOfRuns, parsed } from './run-answers.ts'

export const inMemoryAssets = (log: TestLog): AssetReader => ({
  async search({ q, prefix, platform, after, limit }) {
    const all = log.folded()
    const matching = matchingKeys(all, { q, prefix, platform }, log.aliases().keysOf)
    const rest = matching.filter((key) => after === undefined || key > after)
    return pageOf(
      rest,
      limit,
      (key) => summaryOf(all, key),
      (key) => key,
    )
  },
  async facets({ platform, ...filter }) {
    const { keysOf } = log.aliases()
    const counts = new Map<string, number>()
    for (const key of matchingKeys(log.folded(), filter, keysOf)) {
      counts.set(platformOf(key), (counts.get(platformOf(key)) ?? 0) + 1)
    }
    const platforms = [...counts].map(([name, count]) => ({ platform: name, count }))
    platforms.sort((a, b) => b.count - a.count || compareKeys(a.platform, b.platform))
    return { total: matchingKeys(log.folded(), { platform, ...filter }, keysOf).length, platforms }
  },
  async summaries(keys, moment) {
    const all = log.folded(moment)
    const known = new Set(all.sightings.map(({ key }) => key))
    const canonicalKeys = new Set(keys.map(log.aliases().index.canonical))
    return [...canonicalKeys].filter((key) => known.has(key)).map((key) => summaryOf(all, key))
  },
  card: async (key, moment) => cardOf(log, log.aliases().index.canonical(key), moment),
  async similarKeys(key, limit) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1)
    return matchingKeys(log.folded(), { prefix: folder }, log.aliases().keysOf).slice(0, limit)
  },
  async materializations({ key: given, state, moment, after, limit }) {
    const key = log.aliases().index.canonical(given)
    const wrote = writersOf(log.folded(moment), key).filter((run) => state === undefined || run.state === state)
    return pageOfRuns(wrote, after, limit, (run) => {
      const output = run.outputs.get(key)!
      return {
        ...outcomeOf(run),
        nominalEnd: isoOrNull(run.nominalEnd),
        metadata: parsed(output.metadata),
        inputs: [...output.inputs],
        assertion: output.explicit ? 'explicit' : 'run',
        metrics: { ...output.metrics },
      }
    })
  },
})

function cardOf(
  { aliases, folded, graph }: TestLog,
  key: string,
  moment: Parameters<AssetReader['card']>[1],
): Awaited<ReturnType<AssetReader['card']>> {
  const all = folded(moment)
  if (!all.sightings.some((sighting) => sighting.key === key)) return undefined
  const { platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped } = summaryOf(all, key)
  const properties = assetValue<AssetProperties>(all, key, 'properties')
  const renamedTo = assetValue<string>(all, key, 'renamed')
  const facts = all.facts.filter(({ asset }) => asset === key)
  const { status, reasons } = healthOf(all, key)
  const edges = edgesOf(graph(moment), { kind: 'current' }).filter(({ from, to }) => from !== to)
  return {
    ...{ key, platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped },
    description: assetValue<string>(all, key, 'description') ?? properties?.description ?? null,
    metadata: latestEntries(facts, 'metadata'),
    url: properties?.url ?? null,
    tags: assetValue<string[]>(all, key, 'tags') ?? [],
    aliases: aliases().keysOf(key).slice(1),
    aliasSources: aliases().membersOf(key),
    renamedTo: renamedTo === undefined || renamedTo === key ? null : renamedTo,
    columns: [...(assetValue<readonly Column[]>(all, key, 'schema') ?? [])],
    droppedAt: isoOrNull(lifeOf(all, key).lastDrop ?? null),
    ...outcomesOf(all, key),
    health: { status, reasons: reasons.map((reason) => ({ ...reason, since: isoOrNull(reason.since) })) },
    checks: latestChecks(all, key).map(({ check, at, run }) => ({ ...check, occurredAt: iso(at), run })),
    metrics: metricsOf(all, key),
    degree: {
      upstream: edges.filter(({ to }) => to === key).length,
      downstream: edges.filter(({ from }) => from === key).length,
    },
  }
}

function outcomesOf(
  all: Parameters<typeof writersOf>[0],
  key: string,
): Pick<AssetCard, 'lastMaterialization' | 'lastSuccess' | 'lastFailure' | 'materializations'> {
  const writers = writersOf(all, key)
  return {
    lastMaterialization: outcomeOrNull(writers.at(-1)),
    lastSuccess: outcomeOrNull(writers.findLast(({ state }) => state === 'SUCCEEDED')),
    lastFailure: outcomeOrNull(writers.findLast(({ state }) => ['FAILED', 'ABORTED'].includes(state))),
    materializations: Object.fromEntries(
      runStates.map((state) => [state, writers.filter((run) => run.state === state).length]),
    ) as AssetCard['materializations'],
  }
}
