import { type ConsumerStatus, consumerStates, type TopicProblem } from '@headwater/kafka'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FoldedBatch } from './fold/fold-batch.ts'

/** Prometheus metrics of one projector. */
export function createMetrics(topic: string) {
  const registry = new Registry()
  let waits: () => ReadonlyMap<string, number> = () => new Map()
  gaugeOfWaits(registry, () => waits())
  const { events, deadLetters, rows, retries, wrongTimes, stalls } = countersIn(registry)
  const { storeDuration, lagMessages, lagSeconds, lastCommit, gapRecords, openTransaction, topicProblems } =
    gaugesIn(registry)
  for (const result of ['folded', 'dead_letter']) events.inc({ topic, result }, 0)
  return {
    registry,
    inserted: (table: string, count: number) => rows.inc({ table }, count),
    wrongTimes: (count: number) => wrongTimes.inc({ topic }, count),
    stalled: () => stalls.inc(),
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
    /** @param current since when the projector has been waiting, by reason; asked whenever metrics are read */
    watchWaits(current: () => ReadonlyMap<string, number>) {
      waits = current
    },
    lag(partition: number, messages: number) {
      lagMessages.set({ topic, partition }, messages)
    },
    lagSeconds: (seconds: number) => lagSeconds.set(seconds),
    gapRecords: (records: number) => gapRecords.set({ topic }, records),
    forgetPartitions() {
      lagMessages.reset()
      openTransaction.reset()
    },
    openTransaction: (partition: number, openMs: number) => openTransaction.set({ topic, partition }, openMs / 1000),
    topicProblems(problems: readonly TopicProblem[]) {
      topicProblems.reset()
      for (const problem of problems) topicProblems.set({ topic: problem.topic, setting: problem.setting }, 1)
    },
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
    wrongTimes: counter(
      'headwater_projector_wrong_times_total',
      'Records whose time, set by their producer, cannot be right: they count as recorded when they were read',
      'topic',
    ),
    rows: counter('headwater_clickhouse_insert_rows_total', 'Rows inserted, by table', 'table'),
    stalls: counter(
      'headwater_projector_consumer_stalls_total',
      'Consumers that read nothing while records waited, and were started again',
    ),
    retries: counter('headwater_projector_retries_total', 'Failed attempts that were retried, by error code', 'code'),
  }
}

function gaugeOfWaits(registry: Registry, waits: () => ReadonlyMap<string, number>): void {
  new Gauge({
    name: 'headwater_projector_waiting_seconds',
    help: 'For how long the projector has been retrying a call, by the reason of its last failure; absent while nothing fails',
    labelNames: ['for'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [reason, since] of waits()) this.set({ for: reason }, (Date.now() - since) / 1_000)
    },
  })
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
    topicProblems: new Gauge({
      name: 'headwater_topic_problems',
      help: 'Settings of topics and groups under which events are lost or refused, as the log names them',
      labelNames: ['topic', 'setting'],
      registers,
    }),
    gapRecords: new Gauge({
      name: 'headwater_projector_log_gap_records',
      help: 'Records that were deleted from the log before they were folded, as noted in the tables',
      labelNames: ['topic'],
      registers,
    }),
    lastCommit: new Gauge({
      name: 'headwater_projector_last_commit_timestamp_seconds',
      help: 'When a batch was last stored, as a Unix timestamp',
      registers,
    }),
  }
}
