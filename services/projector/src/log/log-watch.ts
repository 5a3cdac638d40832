import { createTopicCheck, createUncommittedAdmin, type TopicCheck, translateKafkaErrors } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import type { ProjectorOptions } from '../projector-options.ts'
import type { Heartbeats } from './heartbeats.ts'
import { createOpenTransactions, type OpenTransaction } from './open-transactions.ts'

type Watched = Pick<ProjectorOptions, 'kafka' | 'topics' | 'groupId' | 'metrics' | 'logger'>

const periodMs = 10_000
const periodsPerTopicCheck = 6

/** Compares topics and group with what the projector needs of them; to be awaited before it joins the group. @throws KafkaError TOPIC_UNSUITABLE */
export async function checkTopics(options: Watched, admin: Admin): Promise<TopicCheck | undefined> {
  const { topics, groupId, metrics, logger } = options
  if (topics.check === undefined) return undefined
  const { refuses, bootstrapServer } = topics.check
  const check = createTopicCheck({
    admin,
    topics: [
      { name: topics.events, use: 'events' },
      { name: topics.deadLetters, use: 'deadLetters' },
    ],
    group: { groupId, topic: topics.events, variables: ['PROJECTOR_GROUP', 'PROJECTOR_TOPIC'] },
    judging: { bootstrapServer },
    logger,
    onFound: metrics.topicProblems,
  })
  await translateKafkaErrors(async () => {
    await (refuses ? check.require() : check.check())
  })
  return check
}

/** Watches what keeps the log from being read, and reports it in log and metrics. @returns stops it */
export function startLogWatch(
  { kafka, topics, metrics, logger }: Watched,
  admin: Admin,
  heartbeats: Pick<Heartbeats, 'assigned'>,
  topicCheck: TopicCheck | undefined,
): () => Promise<void> {
  const uncommitted = createUncommittedAdmin(kafka)
  const checkTransactions = createOpenTransactions({
    ...{ topic: topics.events, committed: admin, uncommitted, now: Date.now },
    onOpen: metrics.openTransaction,
    onHanging: (transaction) => logger.warn(transaction, hangingText(topics.events, transaction)),
  })
  async function check(period: number): Promise<void> {
    if (period % periodsPerTopicCheck === 0) await topicCheck?.check()
    await uncommitted.connect()
    await checkTransactions(heartbeats.assigned)
  }
  let [periods, isChecking] = [0, false]
  const timer = setInterval(() => {
    if (isChecking) return
    isChecking = true
    periods++
    check(periods)
      .catch((error) => logger.debug({ error: String(error) }, 'Cannot check the log'))
      .finally(() => {
        isChecking = false
      })
  }, periodMs)
  return async () => {
    clearInterval(timer)
    await uncommitted.disconnect().catch(() => undefined)
  }
}

const hangingText = (topic: string, { partition, offset, records }: OpenTransaction): string =>
  `A transaction stays open: ${records} records from ${topic}:${partition}:${offset} on cannot be read before it ends. If its producer is gone for longer than its transaction.timeout.ms, run kafka-transactions.sh --bootstrap-server <broker> abort --topic ${topic} --partition ${partition} --start-offset ${offset}`
