import { deadLettersTopicConfig, eventsTopicConfig } from '@headwater/schemas'
import type { Admin } from 'kafkajs'
import { KafkaError } from '../errors/kafka-error.ts'

export type TopicOptions = {
  readonly events: string
  readonly deadLetters: string
  readonly partitions: number
  readonly replication: number
  readonly create: boolean
  /** How existing topics are compared with what is needed of them; undefined: not at all. */
  readonly check?: { readonly refuses: boolean; readonly bootstrapServer: string } | undefined
}

/** Creates the missing topics; that of events only if `createEvents`. @throws KafkaError TOPIC_MISSING when a topic is missing and `create` is false */
export async function ensureTopics(admin: Admin, options: TopicOptions, createEvents = true): Promise<void> {
  const existing = new Set(await admin.listTopics())
  const wanted = [
    ...(createEvents ? [{ topic: options.events, config: eventsTopicConfig }] : []),
    { topic: options.deadLetters, config: deadLettersTopicConfig },
  ].filter(({ topic }) => !existing.has(topic))
  if (wanted.length === 0) return
  if (!options.create) {
    const names = wanted.map(({ topic }) => topic).join(', ')
    throw new KafkaError('TOPIC_MISSING', `Missing topics: ${names}. Create them, or set KAFKA_CREATE_TOPICS=true`, {
      retryable: false,
    })
  }
  await admin.createTopics({
    waitForLeaders: true,
    topics: wanted.map(({ topic, config }) => ({
      topic,
      numPartitions: options.partitions,
      replicationFactor: options.replication,
      configEntries: Object.entries({ ...replicaConfig(options.replication), ...config }).map(([name, value]) => ({
        name,
        value,
      })),
    })),
  })
}

/** With three replicas or more, an acknowledged record is on two brokers, and one may be down. */
export const replicaConfig = (replication: number): Readonly<Record<string, string>> =>
  replication >= 3 ? { 'min.insync.replicas': '2' } : {}
