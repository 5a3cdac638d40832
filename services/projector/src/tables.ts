import { rankOf } from '@headwater/lineage'
import type { RowBinaryWriter } from './row-binary.ts'
import type {
  AssetFactRow,
  AssetRow,
  CheckRow,
  EdgeIndexRow,
  HeartbeatRow,
  InputSetRow,
  MaterializationRow,
  MetricRow,
  PositionRow,
  RunEventRow,
  RunRow,
} from './rows.ts'
import { runEventBody } from './run-event-body.ts'
import type { Table } from './table.ts'

const noHash = '0'.repeat(32)
const severities = { ERROR: 0, WARN: 1 } as const
const statuses = { UNKNOWN: 0, PASS: 1, WARN: 2, FAIL: 3, ERROR: 4, SKIPPED: 5 } as const

export const runEvents: Table<RunEventRow> = {
  name: 'run_events',
  columns: 'run_id job_namespace job_name fact_id event_id producer occurred_at recorded_at state body input_set'.split(
    ' ',
  ),
  write(out, { run, eventId, fact }) {
    out.string(run.runId)
    out.string(run.jobNamespace)
    out.string(run.jobName)
    out.hash128(fact.factId)
    out.string(eventId)
    out.string(fact.producer)
    out.dateTime64(fact.occurredAt)
    out.dateTime64(fact.recordedAt)
    out.uint8(rankOf(fact.state))
    out.string(runEventBody(fact))
    out.hash128(fact.inputSet ?? noHash)
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

export const runs: Table<RunRow> = {
  name: 'runs',
  columns:
    'job_namespace job_name run_id job_type state started_at ended_at last_event_at nominal_start nominal_end parent_job_namespace parent_job_name parent_run_id root_job_namespace root_job_name root_run_id done_by error producer metadata input_sets outputs known_at version'.split(
      ' ',
    ),
  write(out, { identity, run }) {
    out.string(identity.jobNamespace)
    out.string(identity.jobName)
    out.string(identity.runId)
    out.string(run.jobType ?? '')
    out.uint8(rankOf(run.state))
    out.nullableDateTime64(run.startedAt)
    out.nullableDateTime64(run.endedAt)
    out.dateTime64(run.lastEventAt)
    out.nullableDateTime64(run.nominalStart)
    out.nullableDateTime64(run.nominalEnd)
    out.string(run.parent?.jobNamespace ?? '')
    out.string(run.parent?.jobName ?? '')
    out.string(run.parent?.runId ?? '')
    out.string(run.root?.jobNamespace ?? '')
    out.string(run.root?.jobName ?? '')
    out.string(run.root?.runId ?? '')
    out.string(run.by ?? '')
    out.string(run.error ?? '')
    out.string(run.producer)
    out.string(metadataText(run.metadata))
    out.hashes128(run.inputSets)
    out.varint(run.outputs.length)
    for (const output of run.outputs) out.string(output.key)
    out.dateTime64(run.knownAt)
    version(out, run)
  },
}

export const materializations: Table<MaterializationRow> = {
  name: 'materializations',
  columns:
    'asset job_namespace job_name run_id state started_at ended_at last_event_at nominal_end done_by error metadata explicit input_sets known_at version'.split(
      ' ',
    ),
  write(out, { identity, run, output }) {
    out.string(output.key)
    out.string(identity.jobNamespace)
    out.string(identity.jobName)
    out.string(identity.runId)
    out.uint8(rankOf(run.state))
    out.nullableDateTime64(run.startedAt)
    out.nullableDateTime64(run.endedAt)
    out.dateTime64(run.lastEventAt)
    out.nullableDateTime64(run.nominalEnd)
    out.string(run.by ?? '')
    out.string(run.error ?? '')
    out.string(metadataText(output.metadata))
    out.uint8(output.explicit ? 1 : 0)
    out.hashes128(output.inputSets)
    out.dateTime64(run.knownAt)
    version(out, run)
  },
}

export const edgeIndex: Table<EdgeIndexRow> = {
  name: 'edge_index',
  columns: ['upstream', 'downstream', 'job_namespace', 'job_name'],
  write(out, row) {
    out.string(row.upstream)
    out.string(row.downstream)
    out.string(row.jobNamespace)
    out.string(row.jobName)
  },
}

export const assets: Table<AssetRow> = {
  name: 'assets',
  columns: ['key', 'first_seen', 'last_seen'],
  write(out, row) {
    out.string(row.key)
    out.dateTime64(row.firstSeen)
    out.dateTime64(row.lastSeen)
  },
}

export const assetFacts: Table<AssetFactRow> = {
  name: 'asset_facts',
  columns: ['asset', 'facet', 'subject', 'occurred_at', 'fact_id', 'value', 'recorded_at'],
  write(out, row) {
    out.string(row.asset)
    out.string(row.facet)
    out.string(row.subject)
    out.dateTime64(row.occurredAt)
    out.hash128(row.factId)
    out.string(row.value)
    out.dateTime64(row.recordedAt)
  },
}

export const metrics: Table<MetricRow> = {
  name: 'metrics',
  columns: 'asset metric occurred_at job_namespace job_name run_id fact_id value recorded_at'.split(' '),
  write(out, row) {
    out.string(row.asset)
    out.string(row.metric)
    out.dateTime64(row.occurredAt)
    out.string(row.run.jobNamespace)
    out.string(row.run.jobName)
    out.string(row.run.runId)
    out.hash128(row.factId)
    out.float64(row.value)
    out.dateTime64(row.recordedAt)
  },
}

export const checks: Table<CheckRow> = {
  name: 'checks',
  columns:
    'asset name column occurred_at fact_id ordinal job_namespace job_name run_id severity status expected actual message recorded_at'.split(
      ' ',
    ),
  write(out, { asset, check, occurredAt, factId, ordinal, run, recordedAt }) {
    out.string(asset)
    out.string(check.name)
    out.string(check.column ?? '')
    out.dateTime64(occurredAt)
    out.hash128(factId)
    out.uint64(ordinal)
    out.string(run.jobNamespace)
    out.string(run.jobName)
    out.string(run.runId)
    out.uint8(severities[check.severity])
    out.uint8(statuses[check.status])
    out.string(check.expected ?? '')
    out.string(check.actual ?? '')
    out.string(check.message ?? '')
    out.dateTime64(recordedAt)
  },
}

export const positions: Table<PositionRow> = {
  name: 'positions',
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

const timeBits = 44

/** Grows with the number of joined events; among equals the row known earliest wins. */
function version(out: RowBinaryWriter, { factCount, knownAt }: { factCount: number; knownAt: number }): void {
  const earliness = 2 ** timeBits - 1 - knownAt
  out.uint64Parts(factCount * 2 ** (timeBits - 32) + Math.floor(earliness / 2 ** 32), earliness % 2 ** 32)
}

/** The values are JSON texts already; one that is not, since nothing checked it before, counts as a plain string. */
function metadataText(metadata: Readonly<Record<string, string>>): string {
  const members = Object.entries(metadata).map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`)
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
