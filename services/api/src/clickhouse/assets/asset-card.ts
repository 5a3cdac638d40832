import { type AliasIndex, type AssetSituation, evaluateHealth, platformOf } from '@headwater/lineage'
import type { AssetProperties, CheckSeverity, CheckStatus } from '@headwater/schemas'
import { aliasMembers } from '../../answers/alias-members.ts'
import { compare } from '../../answers/compare.ts'
import type { RunState } from '../../catalog/asset-catalog.ts'
import type { AssetCard, AssetSummary, Column, Health, Metric, RunOutcome } from '../../contract/index.ts'
import { runStates } from '../../contract/index.ts'
import { placeOfRun } from '../page-of-rows.ts'
import type { AssetFactRow } from './asset-facts.ts'
import type { AssetSummaryRow } from './asset-summaries.ts'
import type { LatestCheckRow } from './latest-checks.ts'
import type { MeasuredMetric } from './latest-metrics.ts'
import type { OutcomeByStateRow } from './outcomes-by-state.ts'

export function assetSummaryOf(row: AssetSummaryRow): AssetSummary {
  const { lastEndedState } = row
  const properties = parsed<AssetProperties>(row.properties)
  const health = evaluateHealth({
    lastEnded: lastEndedState && { state: lastEndedState, job: '', endedAt: 0, error: null, failingSince: null },
    isWritten: row.lastState !== null,
    checks: (row.checks ?? []).map(([severity, status]) => ({
      name: '',
      column: null,
      severity,
      status: status as CheckStatus,
      message: null,
      occurredAt: 0,
    })),
  })
  return {
    key: row.key,
    platform: platformOf(row.key),
    name: properties?.name ?? null,
    ...ownersOf(parsed(row.owners) ?? properties?.owners, parsed(row.jobOwners)),
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
    lastState: row.lastState,
    lastEndedAt: row.lastEndedAt,
    lastSuccessAt: row.lastSuccessAt,
    health: health.status,
    dropped: row.droppedAt !== null,
  }
}

function ownersOf(
  own: readonly string[] | null | undefined,
  ofJob: readonly string[] | undefined,
): Pick<AssetSummary, 'owners' | 'ownersFrom'> {
  if (own?.length) return { owners: [...own], ownersFrom: 'asset' }
  if (ofJob?.length) return { owners: [...ofJob], ownersFrom: 'job' }
  return { owners: [], ownersFrom: null }
}

/** What asset_facts say of an asset, beyond its summary. */
export function factsOf(
  rows: readonly AssetFactRow[],
  key: string,
  aliases: AliasIndex,
): Pick<
  AssetCard,
  'description' | 'url' | 'tags' | 'aliases' | 'aliasSources' | 'renamedTo' | 'columns' | 'metadata' | 'droppedAt'
> {
  const latest = <T>(facet: string) => parsed<T>(rows.find((row) => row.facet === facet)?.value)
  const properties = latest<AssetProperties>('properties')
  const renamed = latest<string>('renamed')
  const renamedTo = renamed === undefined ? undefined : aliases.canonical(renamed)
  return {
    description: latest<string>('description') ?? properties?.description ?? null,
    url: properties?.url ?? null,
    tags: latest<string[]>('tags') ?? [],
    aliases: [...aliases.keysOf(key).slice(1)],
    aliasSources: aliasMembers(aliases, key).slice(1),
    renamedTo: renamedTo === undefined || renamedTo === key ? null : renamedTo,
    columns: latest<Column[]>('schema') ?? [],
    metadata: metadataOf(rows),
    droppedAt: rows.find(({ facet, value }) => facet === 'dropped' && value === 'true')?.occurredAt ?? null,
  }
}

/** What is said by name; null says that it holds no longer. */
export function metadataOf(
  rows: readonly Pick<AssetFactRow, 'facet' | 'subject' | 'value'>[],
): Readonly<Record<string, unknown>> {
  const said = rows.filter(({ facet }) => facet === 'metadata')
  return Object.fromEntries(
    said.map(({ subject, value }) => [subject, parsed(value)]).filter(([, value]) => value !== undefined),
  )
}

/** The latest value of each metric, those that runs measured and those that were stated outside them; by name. */
export function metricsOf(measured: readonly MeasuredMetric[], facts: readonly AssetFactRow[]): Metric[] {
  const metrics = new Map<string, Metric>()
  for (const { jobNamespace, jobName, runId, ...metric } of measured) {
    const run = { jobNamespace, jobName, runId }
    metrics.set(metric.name, { ...metric, run, ...run })
  }
  const nowhere = { run: null, jobNamespace: '', jobName: '', runId: '' }
  for (const { subject: name, value, occurredAt } of facts.filter(({ facet }) => facet === 'metric')) {
    const known = metrics.get(name)
    if (known !== undefined && known.occurredAt >= occurredAt) continue
    metrics.set(name, { name, value: JSON.parse(value) as number, occurredAt, ...nowhere })
  }
  return [...metrics.values()].sort((a, b) => compare(a.name, b.name))
}

/** What runs did to an asset: how many by state, those that have expired included, and the latest ones. */
export function outcomesOf(
  rows: readonly OutcomeByStateRow[],
  expired: ReadonlyMap<RunState, number>,
): Pick<AssetCard, 'lastMaterialization' | 'lastSuccess' | 'lastFailure' | 'materializations'> {
  const latest = (states: readonly string[]) => {
    const row = rows.filter(({ state }) => states.includes(state)).reduce<OutcomeByStateRow | null>(later, null)
    if (row === null) return null
    const { count: _, failingSince: __, ...outcome } = row
    return outcome
  }
  return {
    lastMaterialization: latest(runStates),
    lastSuccess: latest(['SUCCEEDED']),
    lastFailure: latest(['FAILED', 'ABORTED']),
    materializations: Object.fromEntries(
      runStates.map((state) => [
        state,
        (rows.find((row) => row.state === state)?.count ?? 0) + (expired.get(state) ?? 0),
      ]),
    ) as AssetCard['materializations'],
  }
}

export function healthOf(rows: readonly OutcomeByStateRow[], checks: readonly LatestCheckRow[]): Health {
  const lastEnded = rows.filter(({ endedAt }) => endedAt !== null).reduce<OutcomeByStateRow | null>(later, null)
  const failures = rows.flatMap(({ failingSince }) => (failingSince === null ? [] : [Date.parse(failingSince)]))
  const situation: AssetSituation = {
    lastEnded: lastEnded && {
      state: lastEnded.state,
      job: `${lastEnded.jobNamespace}/${lastEnded.jobName}`,
      endedAt: Date.parse(lastEnded.endedAt ?? ''),
      error: lastEnded.error,
      failingSince: failures.length === 0 ? null : Math.min(...failures),
    },
    isWritten: rows.length > 0,
    checks: checks.map((check) => ({
      ...check,
      severity: check.severity as CheckSeverity,
      occurredAt: Date.parse(check.occurredAt),
    })),
  }
  const { status, reasons } = evaluateHealth(situation)
  return {
    status,
    reasons: reasons.map(({ code, text, since }) => ({
      code,
      text,
      since: since === null ? null : new Date(since).toISOString(),
    })),
  }
}

function later(a: OutcomeByStateRow | null, b: OutcomeByStateRow): OutcomeByStateRow {
  if (a === null) return b
  const [first, second] = [placeOfRun(a), placeOfRun(b)]
  if (first.at !== second.at) return first.at > second.at ? a : b
  return tie(a) > tie(b) ? a : b
}

const tie = ({ jobNamespace, jobName, runId }: RunOutcome) => `${jobNamespace}\n${jobName}\n${runId}`

/** JSON null is like no text: what it says is removed. */
export function parsed<T>(json: string | null | undefined): T | undefined {
  return json ? ((JSON.parse(json) as T | null) ?? undefined) : undefined
}
