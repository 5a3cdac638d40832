import {
  EventLog,
  foldAssetFacts,
  foldJobFacts,
  isNow,
  jobKey,
  latestEntries,
  linksOf,
  type Moment,
  platformOf,
} from '@headwater/lineage'
import type { AssetProperties, Column, HeadwaterEvent } from '@headwater/schemas'
import {
  foldReference,
  noon,
  type ReferenceChange,
  referenceAliases,
  referenceDiff,
  withKeys,
} from '@headwater/testing/events'
import type { AssetReader } from '../../src/catalog/asset-reader.ts'
import type { Catalog, CatalogStore } from '../../src/catalog/catalog.ts'
import type { ChangeReader } from '../../src/catalog/change-reader.ts'
import type { ColumnReader } from '../../src/catalog/column-reader.ts'
import type { EdgeReader } from '../../src/catalog/edge-reader.ts'
import type { JobReader } from '../../src/catalog/job-reader.ts'
import type { RunReader } from '../../src/catalog/run-reader.ts'
import { runStates } from '../../src/contract/index.ts'
import type { PartitionState } from '../../src/position/log-position.ts'
import { plainAliases } from './plain-aliases.ts'
import {
  byPlace,
  compare,
  type FoldedLog,
  fact,
  healthOf,
  iso,
  isoOrNull,
  latestChecks,
  lifeOf,
  matching,
  metricsOf,
  outcomeOf,
  outcomeOrNull,
  parsed,
  placed,
  runSummaryOf,
  same,
  sliced,
  summaryOf,
  writersOf,
} from './reference-answers.ts'
import { changeOf, edgesOf } from './reference-edges.ts'
import { jobCardOf, jobsOf } from './reference-jobs.ts'

// The reference behind the API's ports: every answer is computed from the events, as if they had named assets by their canonical keys.

export type InMemoryStore = CatalogStore & {
  readonly catalog: Catalog
  readonly events: HeadwaterEvent[]
  partitionStates: PartitionState[]
}

type Answers = {
  assets: AssetReader['search']
  assetFacets: AssetReader['facets']
  assetSummaries: AssetReader['summaries']
  assetCard: AssetReader['card']
  similarKeys: AssetReader['similarKeys']
  materializations: AssetReader['materializations']
  edges: EdgeReader['adjacentTo']
  edgeChanges: ChangeReader['between']
  columnLinks: ColumnReader['links']
  schemas: ColumnReader['schemas']
  runs: RunReader['byId']
  jobRuns: RunReader['ofJob']
  jobs: JobReader['list']
  jobCard: JobReader['card']
  similarJobs: JobReader['similar']
}

export function createInMemoryAssetCatalog(given: readonly HeadwaterEvent[] = []): InMemoryStore {
  const events = [...given]
  // As `recordsOf` has them recorded.
  const observed = () => events.map((event, index) => ({ event, recordedAt: noon + index * 1_000 }))
  const aliases = () => plainAliases(events, referenceAliases(observed()))
  const log = (counts: (event: HeadwaterEvent) => boolean = () => true) => {
    const { canonical } = referenceAliases(observed())
    const counted = observed().filter(({ event }) => counts(event))
    return new EventLog(counted.map((record) => ({ ...record, event: withKeys(record.event, canonical) })))
  }
  const said = (moment: Moment = {}): FoldedLog => {
    // Aliases have no moment, so that at one their events name no asset.
    const events = isNow(moment)
      ? log()
      : log(({ type, event }) => type !== 'AssetEvent' || !event.change.endsWith('ALIASED'))
    const facts = foldAssetFacts(events, moment)
    return { ...facts, jobFacts: foldJobFacts(events, moment), runs: events.runs(moment) }
  }

  const answers: Answers = {
    async assets({ q, prefix, platform, after, limit }) {
      const { keysOf } = aliases()
      const keys = matching(said(), { q, prefix, platform }, keysOf).filter((key) => after === undefined || key > after)
      return sliced(
        keys,
        limit,
        (key) => summaryOf(said(), key),
        (key) => key,
      )
    },
    async assetFacets({ platform, ...filter }) {
      const counts = new Map<string, number>()
      const { keysOf } = aliases()
      for (const key of matching(said(), filter, keysOf))
        counts.set(platformOf(key), (counts.get(platformOf(key)) ?? 0) + 1)
      const platforms = [...counts].map(([name, count]) => ({ platform: name, count }))
      platforms.sort((a, b) => b.count - a.count || compare(a.platform, b.platform))
      return { total: matching(said(), { platform, ...filter }, keysOf).length, platforms }
    },
    async assetSummaries(keys, moment) {
      const all = said(moment)
      const known = new Set(all.sightings.map(({ key }) => key))
      const asked = new Set(keys.map(aliases().index.canonical))
      return [...asked].filter((key) => known.has(key)).map((key) => summaryOf(all, key))
    },
    async assetCard(asked, moment) {
      const { index, keysOf, membersOf: aliasesOf } = aliases()
      const key = index.canonical(asked)
      const all = said(moment)
      if (!all.sightings.some((sighting) => sighting.key === key)) return undefined
      const { platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped } = summaryOf(all, key)
      const properties = fact<AssetProperties>(all, key, 'properties')
      const writers = writersOf(all, key)
      const edges = edgesOf(foldReference(log(), moment), { kind: 'current' })
      const upstream = edges.filter(({ from, to }) => to === key && from !== key)
      const downstream = edges.filter(({ from, to }) => from === key && to !== key)
      const { status, reasons } = healthOf(all, key)
      const checks = latestChecks(all, key)
      return {
        ...{ key, platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped },
        description: fact<string>(all, key, 'description') ?? properties?.description ?? null,
        metadata: latestEntries(
          all.facts.filter(({ asset }) => asset === key),
          'metadata',
        ),
        url: properties?.url ?? null,
        tags: fact<string[]>(all, key, 'tags') ?? [],
        aliases: keysOf(key).slice(1),
        aliasSources: aliasesOf(key),
        renamedTo: [undefined, key].includes(fact<string>(all, key, 'renamed'))
          ? null
          : fact<string>(all, key, 'renamed')!,
        columns: [...(fact<readonly Column[]>(all, key, 'schema') ?? [])],
        droppedAt: isoOrNull(lifeOf(all, key).lastDrop ?? null),
        lastMaterialization: outcomeOrNull(writers.at(-1)),
        lastSuccess: outcomeOrNull(writers.findLast(({ state }) => state === 'SUCCEEDED')),
        lastFailure: outcomeOrNull(writers.findLast(({ state }) => ['FAILED', 'ABORTED'].includes(state))),
        materializations: Object.fromEntries(
          runStates.map((state) => [state, writers.filter((run) => run.state === state).length]),
        ) as Record<(typeof runStates)[number], number>,
        health: { status, reasons: reasons.map((reason) => ({ ...reason, since: isoOrNull(reason.since) })) },
        checks: checks.map(({ check, at, run }) => ({ ...check, occurredAt: iso(at), run })),
        metrics: metricsOf(all, key),
        degree: { upstream: upstream.length, downstream: downstream.length },
      }
    },
    async similarKeys(key, limit) {
      const folder = key.slice(0, key.lastIndexOf('/') + 1)
      return matching(said(), { prefix: folder }, aliases().keysOf).slice(0, limit)
    },
    async materializations({ key: asked, state, moment, after, limit }) {
      const all = said(moment)
      const key = aliases().index.canonical(asked)
      const wrote = writersOf(all, key).filter((run) => state === undefined || run.state === state)
      return placed(wrote, after, limit, (run) => {
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
    async edges(keys, direction, { moment, edges: choice }) {
      const near = new Set(keys.map(aliases().index.canonical))
      return edgesOf(foldReference(log(), moment), choice).filter(({ from, to }) =>
        near.has(direction === 'upstream' ? to : from),
      )
    },
    async edgeChanges({ from, to, knownAt }, among) {
      const { added, removed } = referenceDiff(log(), from, to, knownAt)
      const wanted = (change: ReferenceChange) =>
        among === undefined || (among.includes(change.from) && among.includes(change.to))
      return { added: added.filter(wanted).map(changeOf), removed: removed.filter(wanted).map(changeOf) }
    },
    async columnLinks(selected, direction, moment) {
      const { canonical } = aliases().index
      const meant = selected.map(({ key, column }) => ({ key: canonical(key), column }))
      return linksOf(foldReference(log(), moment).columns(), meant, direction)
    },
    async schemas(keys, moment) {
      const all = said(moment)
      const asked = [...new Set(keys.map(aliases().index.canonical))]
      const stated = asked.map((key) => [key, fact<readonly Column[]>(all, key, 'schema')] as const)
      return new Map(stated.flatMap(([key, columns]) => (columns === undefined ? [] : [[key, columns] as const])))
    },
    async runs(runId, moment) {
      const all = said(moment)
      return all.runs
        .filter((run) => run.runId === runId)
        .sort((a, b) => compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName))
        .map((run) => {
          const children = all.runs.filter(({ parent }) => parent !== null && same(parent, run))
          return {
            ...runSummaryOf(run),
            parent: run.parent,
            root: run.root,
            producer: run.producer,
            metadata: parsed(run.metadata),
            inputs: [...run.inputs],
            children: {
              total: children.length,
              items: children.sort(byPlace).reverse().slice(0, 100).map(outcomeOf),
            },
          }
        })
    },
    async jobRuns({ jobNamespace, jobName, state, moment, after, limit }) {
      const job = jobKey({ jobNamespace, jobName })
      const runs = said(moment).runs.filter(
        (run) => jobKey(run) === job && (state === undefined || run.state === state),
      )
      return placed(runs, after, limit, runSummaryOf)
    },
    async jobs(filter) {
      return jobsOf(said(filter.moment), filter)
    },
    async jobCard(job, moment) {
      return jobCardOf(said(moment), job)
    },
    async similarJobs({ jobNamespace }, limit) {
      const { items } = jobsOf(said(), { namespace: jobNamespace, children: true, moment: {}, limit })
      return items.map(({ jobName }) => ({ jobNamespace, jobName }))
    },
  }
  const catalog: Catalog = {
    assets: {
      search: answers.assets,
      facets: answers.assetFacets,
      summaries: answers.assetSummaries,
      card: answers.assetCard,
      similarKeys: answers.similarKeys,
      materializations: answers.materializations,
    },
    edges: { adjacentTo: answers.edges },
    changes: { between: answers.edgeChanges },
    columns: { links: answers.columnLinks, schemas: answers.schemas },
    runs: { byId: answers.runs, ofJob: answers.jobRuns },
    jobs: { list: answers.jobs, card: answers.jobCard, similar: answers.similarJobs },
    aliases: {
      get index() {
        return aliases().index
      },
      canonicalKey: async (key) => aliases().index.canonical(key),
    },
  }
  const store: InMemoryStore = {
    ...{ catalog, events, partitionStates: [] },
    open: async () => catalog,
    refreshAliases: async () => undefined,
    partitions: async () => store.partitionStates,
    horizon: async () => undefined,
    problems: async () => [],
  }
  return store
}
