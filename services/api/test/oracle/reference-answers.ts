import { evaluateHealth, type JobIdentity as JobKey, platformOf } from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'
import type { AssetFilter } from '../../src/catalog/asset-reader.ts'
import type { RunPlace, Page as Slice } from '../../src/catalog/page.ts'
import type { AssetSummary, Metric, RunOutcome, RunSummary } from '../../src/contract/index.ts'
import type { Said } from './recorded-events.ts'

// What the in-memory catalog answers with, worked out from everything that was said.

type RunRecord = Said['runs'][number]

export function matching(
  { sightings }: Said,
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

export function summaryOf(said: Said, key: string): AssetSummary {
  const times = said.sightings.filter((sighting) => sighting.key === key).map(({ at }) => at)
  const properties = fact<AssetProperties>(said, key, 'properties')
  const records = writersOf(said, key)
  const dropped = droppedAt(said, key)
  const success = lastSuccessAt(said, key)
  return {
    key,
    platform: platformOf(key),
    name: properties?.name ?? null,
    ...ownersOf(said, key),
    firstSeen: iso(Math.min(...times)),
    lastSeen: iso(Math.max(...times)).slice(0, 10),
    lastState: records.at(-1)?.run.state ?? null,
    lastEndedAt: isoOrNull(records.at(-1)?.run.endedAt ?? null),
    lastSuccessAt: isoOrNull(success),
    health: healthOf(said, key).status,
    dropped: dropped !== null && (success === null || dropped > success),
  }
}

function ownersOf(said: Said, key: string): Pick<AssetSummary, 'owners' | 'ownersFrom'> {
  const own = fact<string[]>(said, key, 'owners') ?? fact<AssetProperties>(said, key, 'properties')?.owners ?? []
  if (own.length > 0) return { owners: [...own], ownersFrom: 'asset' }
  const writer = writersOf(said, key).findLast(({ run }) => run.state === 'SUCCEEDED')
  const owners = writer === undefined ? [] : (jobFact<string[]>(said, writer.identity, 'owners') ?? [])
  return { owners, ownersFrom: owners.length > 0 ? 'job' : null }
}

/** What is said by name, of an asset or a job; null where it holds no longer. */
export function namedValues(facts: readonly { facet: string; subject: string; at: number; value: unknown }[]) {
  const latest = new Map<string, unknown>()
  const said = facts.filter(({ facet }) => facet === 'metadata').toSorted((a, b) => a.at - b.at)
  for (const { subject, value } of said) latest.set(subject, value)
  return Object.fromEntries([...latest].filter(([, value]) => value !== null))
}

export const factsOfJob = ({ jobFacts }: Said, job: JobKey): Said['jobFacts'] =>
  jobFacts.filter(({ jobNamespace, jobName }) => jobNamespace === job.jobNamespace && jobName === job.jobName)

export function jobFact<T>(said: Said, job: JobKey, facet: string): T | undefined {
  const stated = factsOfJob(said, job).filter((fact) => fact.facet === facet)
  return (lastBy(stated, ({ at }) => at)?.value as T | null | undefined) ?? undefined
}

/** Runs that wrote the asset, the latest last. */
export const writersOf = ({ runs }: Said, asset: string): RunRecord[] =>
  runs.filter(({ run }) => run.outputs.some(({ key }) => key === asset)).sort(byPlace)

const lastSuccessAt = (said: Said, key: string): number | null =>
  writersOf(said, key).findLast(({ run }) => run.state === 'SUCCEEDED')?.run.endedAt ?? null

export const droppedAt = ({ facts }: Said, key: string): number | null =>
  lastBy(
    facts.filter(({ asset, facet }) => asset === key && facet === 'dropped'),
    ({ at }) => at,
  )?.at ?? null

export function fact<T>({ facts }: Said, key: string, facet: string, subject = ''): T | undefined {
  const stated = facts.filter((said) => said.asset === key && said.facet === facet && said.subject === subject)
  return (lastBy(stated, ({ at }) => at)?.value as T | null | undefined) ?? undefined
}

export function latestChecks({ checks }: Said, key: string): Said['checks'] {
  const latest = new Map<string, Said['checks'][number]>()
  for (const check of checks.filter(({ asset }) => asset === key).sort((a, b) => a.at - b.at)) {
    latest.set(`${check.check.name}\n${check.check.column ?? ''}`, check)
  }
  return [...latest].sort(([a], [b]) => compare(a, b)).map(([, check]) => check)
}

export function metricsOf({ metrics, facts }: Said, key: string): Metric[] {
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

export function healthOf(said: Said, key: string) {
  const ended = writersOf(said, key).filter(({ run }) => run.endedAt !== null)
  const success = lastSuccessAt(said, key)
  const failures = ended.filter(({ run }) => run.state !== 'SUCCEEDED' && (success === null || run.endedAt! > success))
  const last = ended.at(-1)
  return evaluateHealth({
    lastEnded:
      last === undefined
        ? null
        : {
            state: last.run.state,
            job: `${last.identity.jobNamespace}/${last.identity.jobName}`,
            endedAt: last.run.endedAt!,
            error: last.run.error,
            failingSince: failures[0]?.run.endedAt ?? null,
          },
    isWritten: writersOf(said, key).length > 0,
    checks: latestChecks(said, key).map(({ check, at }) => ({ ...check, occurredAt: at })),
  })
}

const placeOf = ({ identity, run }: RunRecord): RunPlace => ({ at: run.endedAt ?? run.lastEventAt, ...identity })

const comparePlaces = (a: RunPlace, b: RunPlace): number =>
  a.at - b.at || compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName) || compare(a.runId, b.runId)

export const byPlace = (a: RunRecord, b: RunRecord): number => comparePlaces(placeOf(a), placeOf(b))

export function placed<Item>(
  records: readonly RunRecord[],
  after: RunPlace | undefined,
  limit: number,
  item: (record: RunRecord) => Item,
): Slice<Item, RunPlace> {
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
): Slice<Item, Place> {
  const page = rows.slice(0, limit)
  return { items: page.map(item), next: rows.length > limit ? place(page.at(-1)!) : null }
}

export const outcomeOf = ({ identity, run }: RunRecord): RunOutcome => ({
  ...identity,
  state: run.state,
  startedAt: isoOrNull(run.startedAt),
  endedAt: isoOrNull(run.endedAt),
  lastEventAt: iso(run.lastEventAt),
  by: run.by,
  error: run.error,
})

export const outcomeOrNull = (record: RunRecord | undefined) => (record === undefined ? null : outcomeOf(record))

export const runSummaryOf = (record: RunRecord): RunSummary => ({
  ...outcomeOf(record),
  jobType: record.run.jobType,
  nominalStart: isoOrNull(record.run.nominalStart),
  nominalEnd: isoOrNull(record.run.nominalEnd),
  outputs: [...new Set(record.run.outputs.map(({ key }) => key))].sort(),
})

export const parsed = (metadata: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(metadata).map(([name, json]) => [name, JSON.parse(json)]))

export const same = (a: { jobNamespace: string; jobName: string; runId: string }, b: typeof a): boolean =>
  a.jobNamespace === b.jobNamespace && a.jobName === b.jobName && a.runId === b.runId

const lastBy = <T>(items: readonly T[], rank: (item: T) => number): T | undefined =>
  items.toSorted((a, b) => rank(a) - rank(b)).at(-1)

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const iso = (epochMs: number): string => new Date(epochMs).toISOString()
export const isoOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : iso(epochMs))
