import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FoldedBatch } from './fold/fold-batch.ts'

/** Prometheus metrics of one projector. */
export function createMetrics(topic: string) {
  const registry = new Registry()
  const registers = [registry]
  const events = new Counter({
    name: 'headwater_projector_events_total',
    help: 'Records read from the log, by result',
    labelNames: ['topic', 'result'],
    registers,
  })
  const deadLetters = new Counter({
    name: 'headwater_projector_dlq_total',
    help: 'Dead letters, by reason',
    labelNames: ['reason'],
    registers,
  })
  const storeDuration = new Histogram({
    name: 'headwater_projector_flush_duration_seconds',
    help: 'Time to store one batch durably',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const rows = new Counter({
    name: 'headwater_clickhouse_insert_rows_total',
    help: 'Rows inserted, by table',
    labelNames: ['table'],
    registers,
  })
  const retries = new Counter({
    name: 'headwater_projector_retries_total',
    help: 'Failed attempts that were retried, by error code',
    labelNames: ['code'],
    registers,
  })
  const lagMessages = new Gauge({
    name: 'headwater_projector_lag_messages',
    help: 'Records in the log that are not folded yet, by partition',
    labelNames: ['topic', 'partition'],
    registers,
  })
  const lagSeconds = new Gauge({
    name: 'headwater_projector_lag_seconds',
    help: 'How far the answers are behind the log',
    registers,
  })
  const lastCommit = new Gauge({
    name: 'headwater_projector_last_commit_timestamp_seconds',
    help: 'When a batch was last stored, as a Unix timestamp',
    registers,
  })
  for (const result of ['folded', 'dead_letter']) events.inc({ topic, result }, 0)
  return {
    registry,
    inserted: (table: string, count: number) => rows.inc({ table }, count),
    retried: (code: string) => retries.inc({ code }),
    lag(partition: number, messages: number) {
      lagMessages.set({ topic, partition }, messages)
    },
    lagSeconds: (seconds: number) => lagSeconds.set(seconds),
    forgetPartitions: () => lagMessages.reset(),
    stored(folded: FoldedBatch, durationMs: number) {
      events.inc({ topic, result: 'folded' }, folded.events)
      events.inc({ topic, result: 'dead_letter' }, folded.deadLetters.length)
      for (const { code } of folded.deadLetters) deadLetters.inc({ reason: code })
      storeDuration.observe(durationMs / 1000)
      lastCommit.set(Date.now() / 1000)
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
