import { rankOf, startedAtOf } from '@headwater/lineage'
import type { MaterializationEvent, RunReference } from '@headwater/schemas'
import type { Hash128 } from './content-hash.ts'
import type { RowBinaryWriter } from './row-binary.ts'
import type {
  AssetFactRow,
  AssetReadRow,
  AssetSightingRow,
  CheckRow,
  HeartbeatRow,
  InputSetRow,
  Origin,
  OutputFactRow,
  PositionRow,
  RunFactRow,
} from './rows.ts'
import type { Table } from './table.ts'

const noHash: Hash128 = '\0'.repeat(16)
const severities = { ERROR: 0, WARN: 1 } as const
const statuses = { UNKNOWN: 0, PASS: 1, WARN: 2, FAIL: 3, ERROR: 4, SKIPPED: 5 } as const

export const runFacts: Table<RunFactRow> = {
  name: 'run_facts',
  columns:
    'job_namespace job_name run_id fact_id occurred_at recorded_at state producer job_type started_at nominal_start nominal_end parent_job_namespace parent_job_name parent_run_id root_job_namespace root_job_name root_run_id done_by error metadata input_set own_sets outputs'.split(
      ' ',
    ),
  write(out, { origin, event, inputSet, ownSets, outputs }) {
    writeRun(out, event)
    writeOrigin(out, origin)
    out.uint8(rankOf(event.state))
    out.string(event.producer)
    out.string(event.job.type ?? '')
    out.nullableDateTime64(startedAtOf(event))
    out.nullableDateTime64(event.nominalStart)
    out.nullableDateTime64(event.nominalEnd)
    writeReference(out, event.parent)
    writeReference(out, event.root)
    out.string(event.by ?? '')
    out.string(event.error ?? '')
    out.string(metadataText(event.metadata))
    out.hash128(inputSet ?? noHash)
    out.hashes128(ownSets)
    out.strings(outputs)
  },
}

export const outputFacts: Table<OutputFactRow> = {
  name: 'output_facts',
  columns:
    'asset job_namespace job_name run_id fact_id occurred_at recorded_at explicit own_set metadata metrics'.split(' '),
  write(out, { origin, asset, event, ownSet, metadata, metrics }) {
    out.string(asset)
    writeRun(out, event)
    writeOrigin(out, origin)
    out.uint8(ownSet === undefined ? 0 : 1)
    out.hash128(ownSet ?? noHash)
    out.string(metadataText(metadata))
    const entries = Object.entries(metrics)
    out.varint(entries.length)
    for (const [metric, value] of entries) {
      out.string(metric)
      out.float64(value)
    }
  },
}

export const inputSets: Table<InputSetRow> = {
  name: 'input_sets',
  columns: ['set_id', 'inputs'],
  write(out, { setId, inputs }) {
    out.hash128(setId)
    out.strings(inputs)
  },
}

export const assetReads: Table<AssetReadRow> = {
  name: 'asset_reads',
  columns: ['asset', 'job_namespace', 'job_name', 'set_id'],
  write(out, { asset, jobNamespace, jobName, setId }) {
    out.string(asset)
    out.string(jobNamespace)
    out.string(jobName)
    out.hash128(setId)
  },
}

export const assetSightings: Table<AssetSightingRow> = {
  name: 'asset_sightings',
  columns: ['key', 'first_seen', 'last_seen'],
  write(out, { key, seenAt }) {
    out.string(key)
    out.dateTime64(seenAt)
    out.date32(seenAt)
  },
}

export const assetFacts: Table<AssetFactRow> = {
  name: 'asset_facts',
  columns: ['asset', 'facet', 'subject', 'occurred_at', 'fact_id', 'value', 'recorded_at'],
  write(out, { origin, asset, facet, subject, value }) {
    out.string(asset)
    out.string(facet)
    out.string(subject)
    out.dateTime64(origin.occurredAt)
    out.hash128(origin.factId)
    out.string(value)
    out.dateTime64(origin.recordedAt)
  },
}

export const checks: Table<CheckRow> = {
  name: 'checks',
  columns:
    'asset name column occurred_at fact_id ordinal job_namespace job_name run_id severity status expected actual message recorded_at'.split(
      ' ',
    ),
  write(out, { origin, asset, check, ordinal, run }) {
    out.string(asset)
    out.string(check.name)
    out.string(check.column ?? '')
    out.dateTime64(origin.occurredAt)
    out.hash128(origin.factId)
    out.uint64(ordinal)
    out.string(run.jobNamespace)
    out.string(run.jobName)
    out.string(run.runId)
    out.uint8(severities[check.severity])
    out.uint8(statuses[check.status])
    out.string(check.expected ?? '')
    out.string(check.actual ?? '')
    out.string(check.message ?? '')
    out.dateTime64(origin.recordedAt)
  },
}

export const positions: Table<PositionRow> = {
  name: 'folded_offsets',
  columns: ['topic', 'partition', 'last_offset', 'recorded_at'],
  write(out, row) {
    out.string(row.topic)
    out.uint32(row.partition)
    out.uint64(row.offset)
    out.dateTime64(row.recordedAt)
  },
}

export const heartbeats: Table<HeartbeatRow> = {
  name: 'heartbeats',
  columns: ['topic', 'partition', 'log_end_offset', 'next_offset', 'observed_at'],
  write(out, row) {
    out.string(row.topic)
    out.uint32(row.partition)
    out.uint64(row.logEndOffset)
    out.uint64(row.nextOffset)
    out.dateTime64(row.observedAt)
  },
}

function writeRun(out: RowBinaryWriter, { job, runId }: MaterializationEvent): void {
  out.string(job.namespace)
  out.string(job.name)
  out.string(runId)
}

function writeOrigin(out: RowBinaryWriter, { factId, occurredAt, recordedAt }: Origin): void {
  out.hash128(factId)
  out.dateTime64(occurredAt)
  out.dateTime64(recordedAt)
}

function writeReference(out: RowBinaryWriter, run: RunReference | null): void {
  out.string(run?.jobNamespace ?? '')
  out.string(run?.jobName ?? '')
  out.string(run?.runId ?? '')
}

/** The values are JSON texts already; one that is not, since nothing checked it before, counts as a plain string. */
function metadataText(metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return ''
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`)
  return `{${members.join(',')}}`
}

function jsonOf(value: string): string {
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}
