import {
  type AssetLife,
  type CheckFact,
  compareKeys,
  evaluateHealth,
  isDropped,
  type JobFact,
  type JobIdentity,
  jobKey,
  latestValue,
  platformOf,
  type Run,
} from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'
import type { AssetFilter } from '../../src/catalog/asset-reader.ts'
import type { AssetSummary, Metric } from '../../src/contract/index.ts'
import type { FoldedLog } from './folded-log.ts'
import { byPlace, iso, isoOrNull } from './run-answers.ts'

/** Canonical keys of the assets that match, sorted. */
export function matchingKeys(
  { sightings }: FoldedLog,
  { q = '', prefix = '', platform }: AssetFilter,
  keysOf: (key: string) => readonly string[],
): string[] {
  const matches = (key: string) => key.toLowerCase().includes(q.toLowerCase()) && key.startsWith(prefix)
  return [...new Set(sightings.map(({ key }) => key))]
    .filter((asset) => keysOf(asset).some(matches))
    .filter((key) => platform === undefined || platformOf(key) === platform)
    .sort()
}

export function summaryOf(all: FoldedLog, key: string): AssetSummary {
  const times = all.sightings.filter((sighting) => sighting.key === key).map(({ at }) => at)
  const last = writersOf(all, key).at(-1)
  const life = lifeOf(all, key)
  return {
    key,
    platform: platformOf(key),
    name: assetValue<AssetProperties>(all, key, 'properties')?.name ?? null,
    ...ownersOf(all, key),
    firstSeen: iso(Math.min(...times)),
    lastSeen: iso(Math.max(...times)).slice(0, 10),
    lastState: last?.state ?? null,
    lastEndedAt: isoOrNull(last?.endedAt ?? null),
    lastSuccessAt: isoOrNull(life.lastSuccess ?? null),
    health: healthOf(all, key).status,
    dropped: isDropped(life),
  }
}

/** The owners of the asset or, without any, of the job of its latest success. */
function ownersOf(all: FoldedLog, key: string): Pick<AssetSummary, 'owners' | 'ownersFrom'> {
  const own =
    assetValue<string[]>(all, key, 'owners') ?? assetValue<AssetProperties>(all, key, 'properties')?.owners ?? []
  if (own.length > 0) return { owners: [...own], ownersFrom: 'asset' }
  const writer = writersOf(all, key).findLast(({ state }) => state === 'SUCCEEDED')
  const owners = writer === undefined ? [] : (latestValue<string[]>(factsOfJob(all, writer), 'owners') ?? [])
  return { owners, ownersFrom: owners.length > 0 ? 'job' : null }
}

export const factsOfJob = ({ jobFacts }: FoldedLog, job: JobIdentity): readonly JobFact[] =>
  jobFacts.filter((fact) => jobKey(fact) === jobKey(job))

/** The latest value of a facet of the asset. */
export const assetValue = <T>({ facts }: FoldedLog, key: string, facet: string): T | undefined =>
  latestValue<T>(
    facts.filter(({ asset }) => asset === key),
    facet,
  )

/** Runs that wrote the asset, the latest last. */
export const writersOf = ({ runs }: FoldedLog, asset: string): readonly Run[] =>
  runs.filter(({ outputs }) => outputs.has(asset)).toSorted(byPlace)

export function lifeOf(all: FoldedLog, key: string): AssetLife {
  const drops = all.facts.filter(({ asset, facet }) => asset === key && facet === 'dropped')
  return {
    lastDrop: latest(drops)?.at,
    lastSuccess: writersOf(all, key).findLast(({ state }) => state === 'SUCCEEDED')?.endedAt ?? undefined,
  }
}

/** The latest result of each check, sorted by name and column. */
export function latestChecks({ checks }: FoldedLog, key: string): readonly CheckFact[] {
  const results = new Map<string, CheckFact>()
  for (const check of checks.filter(({ asset }) => asset === key).sort((a, b) => a.at - b.at)) {
    results.set(`${check.check.name}\n${check.check.column ?? ''}`, check)
  }
  return [...results].sort(([a], [b]) => compareKeys(a, b)).map(([, check]) => check)
}

/** The latest value of each metric, measured by a run or reported without one, sorted by name. */
export function metricsOf({ metrics, facts }: FoldedLog, key: string): Metric[] {
  const measured = metrics.filter(({ asset }) => asset === key)
  const reported = facts
    .filter(({ asset, facet }) => asset === key && facet === 'metric')
    .map(({ subject: name, value, at }) => ({ name, value: value as number, at, run: null }))
  const all = [...measured, ...reported]
  return [...new Set(all.map(({ name }) => name))].sort().map((name) => {
    const { value, at, run } = latest(all.filter((metric) => metric.name === name))!
    return { name, value, occurredAt: iso(at), run, ...(run ?? { jobNamespace: '', jobName: '', runId: '' }) }
  })
}

export function healthOf(all: FoldedLog, key: string) {
  const writers = writersOf(all, key)
  const ended = writers.filter(({ endedAt }) => endedAt !== null)
  const { lastSuccess = -Infinity } = lifeOf(all, key)
  const failures = ended.filter(({ state, endedAt }) => state !== 'SUCCEEDED' && endedAt! > lastSuccess)
  const last = ended.at(-1)
  return evaluateHealth({
    lastEnded:
      last === undefined
        ? null
        : {
            state: last.state,
            job: `${last.jobNamespace}/${last.jobName}`,
            endedAt: last.endedAt!,
            error: last.error,
            failingSince: failures[0]?.endedAt ?? null,
          },
    isWritten: writers.length > 0,
    checks: latestChecks(all, key).map(({ check, at }) => ({ ...check, occurredAt: at })),
  })
}

const latest = <T extends { readonly at: number }>(items: readonly T[]): T | undefined =>
  items.toSorted((a, b) => a.at - b.at).at(-1)
