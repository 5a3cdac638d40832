import { type ConsumerStatus, consumerStates } from '@headwater/kafka'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FoldedBatch } from './fold/fold-batch.ts'

/** Prometheus metrics of one projector. */
export function createMetrics(topic: string) {
  const registry = new Registry()
  const { events, deadLetters, rows, retries } = countersIn(registry)
  const { storeDuration, lagMessages, lagSeconds, lastCommit, openTransaction } = gaugesIn(registry)
  for (const result of ['folded', 'dead_letter']) events.inc({ topic, result }, 0)
  return {
    registry,
    inserted: (table: string, count: number) => rows.inc({ table }, count),
    retried: (code: string) => retries.inc({ code }),
    /** Exposes whether records are taken. */
    watchConsumer(status: ConsumerStatus) {
      new Gauge({
        name: 'headwater_projector_consumer_state',
        help: 'What the consumer of the log does: 1 for its state, 0 for others',
        labelNames: ['state'],
        registers: [registry],
        collect() {
          for (const state of consumerStates) this.set({ state }, state === status.now.state ? 1 : 0)
        },
      })
    },
    lag(partition: number, messages: number) {
      lagMessages.set({ topic, partition }, messages)
    },
    lagSeconds: (seconds: number) => lagSeconds.set(seconds),
    forgetPartitions() {
      lagMessages.reset()
      openTransaction.reset()
    },
    openTransaction: (partition: number, openMs: number) => openTransaction.set({ topic, partition }, openMs / 1000),
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

function countersIn(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  return {
    events: counter('headwater_projector_events_total', 'Records read from the log, by result', 'topic', 'result'),
    deadLetters: counter('headwater_projector_dlq_total', 'Dead letters, by reason', 'reason'),
    rows: counter('headwater_clickhouse_insert_rows_total', 'Rows inserted, by table', 'table'),
    retries: counter('headwater_projector_retries_total', 'Failed attempts that were retried, by error code', 'code'),
  }
}

function gaugesIn(registry: Registry) {
  const registers = [registry]
  return {
    storeDuration: new Histogram({
      name: 'headwater_projector_flush_duration_seconds',
      help: 'Time to store one batch durably',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    lagMessages: new Gauge({
      name: 'headwater_projector_lag_messages',
      help: 'Records in the log that are not folded yet, by partition',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'headwater_projector_lag_seconds',
      help: 'How far the answers are behind the log',
      registers,
    }),
    openTransaction: new Gauge({
      name: 'headwater_projector_open_transaction_seconds',
      help: 'How long the oldest transaction of a partition has been open: records behind it cannot be read',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lastCommit: new Gauge({
      name: 'headwater_projector_last_commit_timestamp_seconds',
      help: 'When a batch was last stored, as a Unix timestamp',
      registers,
    }),
  }
}
