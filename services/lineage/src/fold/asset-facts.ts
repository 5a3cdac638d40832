import type { AssetEvent, CheckResult, MaterializationEvent } from '@headwater/schemas'
import { type RunIdentity, runOf } from '../runs/run-identity.ts'
import type { Moment } from '../time/moment.ts'
import type { EventLog } from './event-log.ts'
import { type Fact, factsOfReport } from './fact.ts'

/** A fact about an asset. Facets: properties, description, owners, tags, schema, metadata, metric, renamed, dropped. */
export type AssetFact = Fact & { readonly asset: string }

/** The result of a check; `run` is null where no run made it. */
export type CheckFact = {
  readonly asset: string
  readonly check: CheckResult
  readonly at: number
  readonly run: RunIdentity | null
}

/** A number that a run measured of an asset that it wrote. */
export type MetricFact = {
  readonly asset: string
  readonly name: string
  readonly value: number
  readonly at: number
  readonly run: RunIdentity
}

/** That an event names an asset. */
export type Sighting = { readonly key: string; readonly at: number }

/** What events report about assets, as plain lists. */
export type AssetFacts = {
  readonly sightings: readonly Sighting[]
  readonly facts: readonly AssetFact[]
  readonly checks: readonly CheckFact[]
  readonly metrics: readonly MetricFact[]
}

/** The facts about assets of the events that count at the moment. */
export function foldAssetFacts(log: EventLog, moment: Moment = {}): AssetFacts {
  const runs = log.materializationEvents(moment)
  const [assets, checks, jobs] = [log.assetEvents(moment), log.checkEvents(moment), log.jobEvents(moment)]
  return {
    sightings: [
      ...runs.flatMap(sightingsOfRun),
      ...[...assets, ...checks].map(({ key, occurredAt: at }) => ({ key, at })),
      ...jobs.flatMap(({ lineage, occurredAt: at }) =>
        (lineage ?? []).flatMap(({ output, inputs }) => [output, ...inputs].map((key) => ({ key, at }))),
      ),
    ],
    facts: [...runs.flatMap(factsOfRun), ...assets.flatMap(factsOfAssetEvent)],
    checks: [
      ...runs.flatMap(checksOfRun),
      ...checks.map(({ key: asset, check, occurredAt: at, ...event }) => ({
        ...{ asset, check, at },
        run: event.runId === null ? null : identityOf(event.jobNamespace, event.jobName, event.runId),
      })),
    ],
    metrics: runs.flatMap(metricsOfRun),
  }
}

const identityOf = (jobNamespace: string | null, jobName: string | null, runId: string): RunIdentity => ({
  jobNamespace: jobNamespace ?? '',
  jobName: jobName ?? '',
  runId,
})

function sightingsOfRun({ inputs, outputs, occurredAt: at }: MaterializationEvent): readonly Sighting[] {
  const keys = [...inputs.map(({ key }) => key), ...outputs.flatMap(({ key, inputs }) => [key, ...(inputs ?? [])])]
  return keys.map((key) => ({ key, at }))
}

function factsOfRun({ inputs, outputs, occurredAt: at }: MaterializationEvent): readonly AssetFact[] {
  const fact = (asset: string, facet: string, value: unknown): readonly AssetFact[] =>
    value === null ? [] : [{ asset, facet, subject: '', at, value }]
  return [
    ...inputs.flatMap(({ key, properties }) => fact(key, 'properties', properties)),
    ...outputs.flatMap(({ key, properties, schema }) => [
      ...fact(key, 'properties', properties),
      ...fact(key, 'schema', schema),
    ]),
  ]
}

const checksOfRun = (event: MaterializationEvent): readonly CheckFact[] =>
  event.outputs.flatMap(({ key: asset, checks }) =>
    checks.map((check) => ({ asset, check, at: event.occurredAt, run: runOf(event) })),
  )

const metricsOfRun = (event: MaterializationEvent): readonly MetricFact[] =>
  event.outputs.flatMap(({ key: asset, metrics }) =>
    Object.entries(metrics).map(([name, value]) => ({ asset, name, value, at: event.occurredAt, run: runOf(event) })),
  )

function factsOfAssetEvent(event: AssetEvent): readonly AssetFact[] {
  const { key: asset, occurredAt: at } = event
  const fact = (facet: string, value: unknown): readonly AssetFact[] => [{ asset, facet, subject: '', at, value }]
  switch (event.change) {
    case 'DESCRIBED':
      return fact('properties', event.properties)
    case 'OWNED':
      return fact('owners', event.owners)
    case 'TAGGED':
      return fact('tags', event.tags)
    case 'RENAMED':
      return fact('renamed', event.renamedTo)
    case 'DROPPED':
      return fact('dropped', true)
    case 'STATED': {
      const metrics = Object.entries(event.metrics).map(([subject, value]) => ({ facet: 'metric', subject, at, value }))
      const facts = factsOfReport({ ...event }, ['description', 'owners', 'tags', 'schema'], at)
      return [...facts, ...metrics].map((each) => ({ asset, ...each }))
    }
    case 'ALIASED':
    case 'UNALIASED':
    case 'POLICY_SET':
    case 'UNKNOWN':
      return []
    default:
      return event.change satisfies never
  }
}
