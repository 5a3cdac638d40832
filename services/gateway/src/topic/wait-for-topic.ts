import { setTimeout } from 'node:timers/promises'
import { type ConsumerStatus, replicaConfig, translateKafkaErrors } from '@headwater/kafka'
import type { Kafka } from 'kafkajs'
import type { Logger } from 'pino'

const pollMs = 5_000

export type WaitOptions = {
  readonly kafka: Kafka
  readonly topic: string
  readonly principal?: string | undefined
  /** How to create a missing topic. If undefined, somebody else creates it. */
  readonly create?: { readonly numPartitions: number; readonly replicationFactor: number } | undefined
  readonly status: ConsumerStatus
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Waits until the topic exists. @returns false when `signal` has aborted */
export async function waitForTopic(options: WaitOptions): Promise<boolean> {
  const { topic, status, logger, signal } = options
  let logged: string | undefined
  while (!signal.aborted) {
    const found = await exists(options).catch((error: Error) => error)
    if (found === true) return true
    if (found === false) status.enter('waiting', `topic ${topic} does not exist, or this service may not see it`)
    else status.ended(found)
    const { reason } = status.now
    if (reason !== logged) logger.warn({ topic, reason }, 'Waiting for the OpenLineage topic; checking every 5 s')
    logged = reason
    await setTimeout(pollMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
  return false
}

function exists({ kafka, topic, create, principal }: WaitOptions): Promise<boolean> {
  return translateKafkaErrors(
    async () => {
      const admin = kafka.admin()
      try {
        await admin.connect()
        if ((await admin.listTopics()).includes(topic)) return true
        if (create === undefined) return false
        const settings = Object.entries(replicaConfig(create.replicationFactor))
        const configEntries = settings.map(([name, value]) => ({ name, value }))
        await admin.createTopics({ waitForLeaders: true, topics: [{ topic, ...create, configEntries }] })
        return true
      } finally {
        await admin.disconnect().catch(() => undefined)
      }
    },
    { operation: 'Create', topics: [topic], principal },
  )
}
