import { type ConsumerStatus, consumerStates, type TopicProblem } from '@headwater/kafka'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { TopicGaps } from './topic/topic-gaps.ts'

export type IngestResult = 'accepted' | 'refused' | 'forbidden' | 'unavailable'

/** Prometheus metrics of one gateway. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const events = new Counter({
    name: 'headwater_gateway_events_total',
    help: 'Events received in requests and from the OpenLineage topic, by source and result',
    labelNames: ['source', 'result'],
    registers,
  })
  const batchRecords = new Histogram({
    name: 'headwater_gateway_batch_records',
    help: 'Records in one batch sent to Kafka',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
    registers,
  })
  const ackDuration = new Histogram({
    name: 'headwater_gateway_ack_duration_seconds',
    help: 'Time until Kafka acknowledged a batch',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const failures = new Counter({
    name: 'headwater_gateway_send_failures_total',
    help: 'Batches that failed to be sent and were retried',
    registers,
  })
  const topicProblems = new Gauge({
    name: 'headwater_topic_problems',
    help: 'Settings of topics and groups under which events are lost or refused, as the log names them',
    labelNames: ['topic', 'setting'],
    registers,
  })
  const topicLag = new Gauge({
    name: 'headwater_gateway_topic_lag_messages',
    help: 'Records of the OpenLineage topic that are not stored yet, by partition of this gateway',
    labelNames: ['topic', 'partition'],
    registers,
  })
  const stalls = new Counter({
    name: 'headwater_gateway_topic_consumer_stalls_total',
    help: 'Consumers of the OpenLineage topic that read nothing while records waited, and were started again',
    registers,
  })
  return {
    registry,
    consumerStalled: () => stalls.inc(),
    /** @param records that wait, by partition that is assigned to this gateway */
    topicLag(topic: string, records: ReadonlyMap<number, number>) {
      topicLag.reset()
      for (const [partition, count] of records) topicLag.set({ topic, partition }, count)
    },
    topicProblems(problems: readonly TopicProblem[]) {
      topicProblems.reset()
      for (const { topic, setting } of problems) topicProblems.set({ topic, setting }, 1)
    },
    ingested: (source: 'openlineage' | 'native' | 'topic', result: IngestResult) => events.inc({ source, result }),
    batchSent(records: number, durationMs: number) {
      batchRecords.observe(records)
      ackDuration.observe(durationMs / 1_000)
    },
    /** Exposes whether the OpenLineage topic is consumed. */
    watchConsumer(status: ConsumerStatus) {
      new Gauge({
        name: 'headwater_gateway_topic_consumer_state',
        help: 'What the consumer of the OpenLineage topic does: 1 for its state, 0 for others',
        labelNames: ['state'],
        registers,
        collect() {
          for (const state of consumerStates) this.set({ state }, state === status.now.state ? 1 : 0)
        },
      })
    },
    /** Exposes what was deleted from the OpenLineage topic before it was consumed. */
    watchGaps(gaps: TopicGaps) {
      new Gauge({
        name: 'headwater_gateway_topic_gap_records',
        help: 'Records that were deleted from the OpenLineage topic before they were consumed, over all starts and gateways',
        labelNames: ['topic'],
        registers,
        collect() {
          this.set({ topic: gaps.topic }, gaps.now.missingRecords)
        },
      })
    },
    batchFailed: () => failures.inc(),
    /** Exposes the size of the queue in front of the log. */
    watchQueue(pending: () => { readonly records: number; readonly bytes: number }) {
      gaugeOf('headwater_gateway_queued_records', 'Records queued for Kafka or in flight', () => pending().records)
      gaugeOf('headwater_gateway_queued_bytes', 'Bytes queued for Kafka or in flight', () => pending().bytes)
    },
  }

  function gaugeOf(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }
}

export type Metrics = ReturnType<typeof createMetrics>
