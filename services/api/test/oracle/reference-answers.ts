import {
  type AssetFacts,
  type AssetLife,
  type CheckFact,
  evaluateHealth,
  isDropped,
  type JobFact,
  type JobIdentity,
  latestValue,
  platformOf,
  type Run,
  type RunIdentity,
} from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'
import type { AssetFilter } from '../../src/catalog/asset-reader.ts'
import type { Page, RunPlace } from '../../src/catalog/page.ts'
import type { AssetSummary, Metric, RunOutcome, RunSummary } from '../../src/contract/index.ts'

// Answers of the in-memory catalog, worked out from the facts and runs that the domain folds.

/** Everything folded from the events that count at one moment. */
export type FoldedLog = AssetFacts & { readonly jobFacts: readonly JobFact[]; readonly runs: readonly Run[] }

export function matching(
  { sightings }: FoldedLog,
  filter: AssetFilter,
  keysOf: (key: string) => readonly string[],
): string[] {
  const { q = '', prefix = '', platform } = filter
  return [...new Set(sightings.map(({ key }) => key))]
    .filter((asset) =>
      keysOf(asset).some((key) => key.toLowerCase().includes(q.toLowerCase()) && key.startsWith(prefix)),
    )
    .filter((key) => platform === undefined || platformOf(key) === platform)
    .sort()
}

export function summaryOf(said: FoldedLog, key: string): AssetSummary {
  const times = said.sightings.filter((sighting) => sighting.key === key).map(({ at }) => at)
  const properties = fact<AssetProperties>(said, key, 'properties')
  const records = writersOf(said, key)
  const life = lifeOf(said, key)
  return {
    key,
    platform: platformOf(key),
    name: properties?.name ?? null,
    ...ownersOf(said, key),
    firstSeen: iso(Math.min(...times)),
    lastSeen: iso(Math.max(...times)).slice(0, 10),
    lastState: records.at(-1)?.state ?? null,
    lastEndedAt: isoOrNull(records.at(-1)?.endedAt ?? null),
    lastSuccessAt: isoOrNull(life.lastSuccess ?? null),
    health: healthOf(said, key).status,
    dropped: isDropped(life),
  }
}

function ownersOf(said: FoldedLog, key: string): Pick<AssetSummary, 'owners' | 'ownersFrom'> {
  const own = fact<string[]>(said, key, 'owners') ?? fact<AssetProperties>(said, key, 'properties')?.owners ?? []
  if (own.length > 0) return { owners: [...own], ownersFrom: 'asset' }
  const writer = writersOf(said, key).findLast(({ state }) => state === 'SUCCEEDED')
  const owners = writer === undefined ? [] : (jobFact<string[]>(said, writer, 'owners') ?? [])
  return { owners, ownersFrom: owners.length > 0 ? 'job' : null }
}

export const factsOfJob = ({ jobFacts }: FoldedLog, job: JobIdentity): readonly JobFact[] =>
  jobFacts.filter(({ jobNamespace, jobName }) => jobNamespace === job.jobNamespace && jobName === job.jobName)

export const jobFact = <T>(said: FoldedLog, job: JobIdentity, facet: string): T | undefined =>
  latestValue<T>(factsOfJob(said, job), facet)

/** Runs that wrote the asset, the latest last. */
export const writersOf = ({ runs }: FoldedLog, asset: string): readonly Run[] =>
  runs.filter(({ outputs }) => outputs.has(asset)).toSorted(byPlace)

export function lifeOf(said: FoldedLog, key: string): AssetLife {
  const drops = said.facts.filter(({ asset, facet }) => asset === key && facet === 'dropped')
  return {
    lastDrop: lastBy(drops, ({ at }) => at)?.at,
    lastSuccess: writersOf(said, key).findLast(({ state }) => state === 'SUCCEEDED')?.endedAt ?? undefined,
  }
}

export const fact = <T>({ facts }: FoldedLog, key: string, facet: string): T | undefined =>
  latestValue<T>(
    facts.filter(({ asset }) => asset === key),
    facet,
  )

export function latestChecks({ checks }: FoldedLog, key: string): readonly CheckFact[] {
  const latest = new Map<string, CheckFact>()
  for (const check of checks.filter(({ asset }) => asset === key).sort((a, b) => a.at - b.at)) {
    latest.set(`${check.check.name}\n${check.check.column ?? ''}`, check)
  }
  return [...latest].sort(([a], [b]) => compare(a, b)).map(([, check]) => check)
}

export function metricsOf({ metrics, facts }: FoldedLog, key: string): Metric[] {
  const measured = metrics
    .filter(({ asset }) => asset === key)
    .map((metric) => ({ ...metric, value: metric.value as unknown }))
  const stated = facts.filter(({ asset, facet }) => asset === key && facet === 'metric')
  const all = [...measured, ...stated.map(({ subject: name, value, at }) => ({ name, value, at, run: null }))]
  return [...new Set(all.map(({ name }) => name))].sort().map((name) => {
    const { value, at, run } = lastBy(
      all.filter((metric) => metric.name === name),
      ({ at }) => at,
    )!
    const identity = run ?? { jobNamespace: '', jobName: '', runId: '' }
    return { name, value: value as number, occurredAt: iso(at), run, ...identity }
  })
}

export function healthOf(said: FoldedLog, key: string) {
  const ended = writersOf(said, key).filter(({ endedAt }) => endedAt !== null)
  const { lastSuccess = -Infinity } = lifeOf(said, key)
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
    isWritten: writersOf(said, key).length > 0,
    checks: latestChecks(said, key).map(({ check, at }) => ({ ...check, occurredAt: at })),
  })
}

const placeOf = ({ jobNamespace, jobName, runId, endedAt, lastEventAt }: Run): RunPlace => ({
  ...{ jobNamespace, jobName, runId },
  at: endedAt ?? lastEventAt,
})

const comparePlaces = (a: RunPlace, b: RunPlace): number =>
  a.at - b.at || compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName) || compare(a.runId, b.runId)

export const byPlace = (a: Run, b: Run): number => comparePlaces(placeOf(a), placeOf(b))

export function placed<Item>(
  records: readonly Run[],
  after: RunPlace | undefined,
  limit: number,
  item: (run: Run) => Item,
): Page<Item, RunPlace> {
  const rest = records
    .toSorted(byPlace)
    .reverse()
    .filter((record) => after === undefined || comparePlaces(placeOf(record), after) < 0)
  return sliced(rest, limit, item, placeOf)
}

export function sliced<Row, Item, Place>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => Place,
): Page<Item, Place> {
  const page = rows.slice(0, limit)
  return { items: page.map(item), next: rows.length > limit ? place(page.at(-1)!) : null }
}

export const outcomeOf = (run: Run): RunOutcome => ({
  jobNamespace: run.jobNamespace,
  jobName: run.jobName,
  runId: run.runId,
  state: run.state,
  startedAt: isoOrNull(run.startedAt),
  endedAt: isoOrNull(run.endedAt),
  lastEventAt: iso(run.lastEventAt),
  by: run.by,
  error: run.error,
})

export const outcomeOrNull = (run: Run | undefined) => (run === undefined ? null : outcomeOf(run))

export const runSummaryOf = (run: Run): RunSummary => ({
  ...outcomeOf(run),
  jobType: run.jobType,
  nominalStart: isoOrNull(run.nominalStart),
  nominalEnd: isoOrNull(run.nominalEnd),
  outputs: [...run.outputs.keys()],
})

export const parsed = (metadata: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(metadata).map(([name, json]) => [name, JSON.parse(json)]))

export const same = (a: RunIdentity, b: RunIdentity): boolean =>
  a.jobNamespace === b.jobNamespace && a.jobName === b.jobName && a.runId === b.runId

const lastBy = <T>(items: readonly T[], rank: (item: T) => number): T | undefined =>
  items.toSorted((a, b) => rank(a) - rank(b)).at(-1)

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const iso = (epochMs: number): string => new Date(epochMs).toISOString()
export const isoOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : iso(epochMs))
