import type { EncodedTexts } from './encoded-texts.ts'
import { ByteColumn, DateTime64Column, TextColumn, UInt64Column, UInt128Column } from './native/columns.ts'
import type { AssetAliasRow, AssetFactRow, CheckRow, JobFactRow, Origin } from './rows.ts'
import { table } from './table.ts'

// The tables of what events state about assets and jobs: the columns that are written, by name.

const severityType = "Enum8('ERROR' = 0, 'WARN' = 1)"
const statusType = "Enum8('UNKNOWN' = 0, 'PASS' = 1, 'WARN' = 2, 'FAIL' = 3, 'ERROR' = 4, 'SKIPPED' = 5)"
const severities = { ERROR: 0, WARN: 1 } as const
const statuses = { UNKNOWN: 0, PASS: 1, WARN: 2, FAIL: 3, ERROR: 4, SKIPPED: 5 } as const

/** Columns of a fact, after those that name its asset or job. */
const factColumns = () => ({
  facet: new TextColumn(),
  subject: new TextColumn(),
  occurred_at: new DateTime64Column(),
  fact_id: new UInt128Column(),
  value: new TextColumn(),
  recorded_at: new DateTime64Column(),
})

function addFact(columns: ReturnType<typeof factColumns>, texts: EncodedTexts, origin: Origin): void {
  columns.facet.copyNext(texts)
  columns.subject.copyNext(texts)
  columns.occurred_at.add(origin.occurredAt)
  columns.fact_id.add(origin.factId)
  columns.value.copyNext(texts)
  columns.recorded_at.add(origin.recordedAt)
}

export const assetFacts = table(
  'asset_facts',
  () => ({ asset: new TextColumn(), ...factColumns() }),
  (columns, { texts, origin }: AssetFactRow) => {
    columns.asset.copyNext(texts)
    addFact(columns, texts, origin)
  },
)

export const jobFacts = table(
  'job_facts',
  () => ({ job_namespace: new TextColumn(), job_name: new TextColumn(), ...factColumns() }),
  (columns, { texts, origin }: JobFactRow) => {
    columns.job_namespace.copyNext(texts)
    columns.job_name.copyNext(texts)
    addFact(columns, texts, origin)
  },
)

export const checks = table(
  'checks',
  () => ({
    asset: new TextColumn(),
    name: new TextColumn(),
    column: new TextColumn(),
    occurred_at: new DateTime64Column(),
    fact_id: new UInt128Column(),
    ordinal: new UInt64Column(),
    job_namespace: new TextColumn(),
    job_name: new TextColumn(),
    run_id: new TextColumn(),
    severity: new ByteColumn(severityType),
    status: new ByteColumn(statusType),
    expected: new TextColumn(),
    actual: new TextColumn(),
    message: new TextColumn(),
    recorded_at: new DateTime64Column(),
  }),
  (columns, { origin, asset, check, ordinal, run }: CheckRow) => {
    columns.asset.add(asset)
    columns.name.add(check.name)
    columns.column.add(check.column ?? '')
    columns.occurred_at.add(origin.occurredAt)
    columns.fact_id.add(origin.factId)
    columns.ordinal.add(ordinal)
    columns.job_namespace.add(run.jobNamespace)
    columns.job_name.add(run.jobName)
    columns.run_id.add(run.runId)
    columns.severity.add(severities[check.severity])
    columns.status.add(statuses[check.status])
    columns.expected.add(check.expected ?? '')
    columns.actual.add(check.actual ?? '')
    columns.message.add(check.message ?? '')
    columns.recorded_at.add(origin.recordedAt)
  },
)

export const assetAliases = table(
  'asset_aliases',
  () => ({
    asset: new TextColumn(),
    alias: new TextColumn(),
    source: new TextColumn(),
    aliased_at: new DateTime64Column(),
    unaliased_at: new DateTime64Column(),
  }),
  (columns, { texts, aliasedAt, unaliasedAt }: AssetAliasRow) => {
    columns.asset.copyNext(texts)
    columns.alias.copyNext(texts)
    columns.source.copyNext(texts)
    columns.aliased_at.add(aliasedAt)
    columns.unaliased_at.add(unaliasedAt)
  },
)
