import { createUncommittedAdmin } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import type { ProjectorOptions } from '../projector-options.ts'
import type { Heartbeats } from './heartbeats.ts'
import { createOpenTransactions, type OpenTransaction } from './open-transactions.ts'

type Watched = Pick<ProjectorOptions, 'kafka' | 'topics' | 'metrics' | 'logger'>

const periodMs = 10_000

/** Watches what keeps the log from being read, and reports it in log and metrics. @returns stops it */
export function startLogWatch(options: Watched, admin: Admin, heartbeats: Pick<Heartbeats, 'assigned'>) {
  const { kafka, topics, metrics, logger } = options
  const uncommitted = createUncommittedAdmin(kafka)
  const checkTransactions = createOpenTransactions({
    ...{ topic: topics.events, committed: admin, uncommitted, now: Date.now },
    onOpen: metrics.openTransaction,
    onHanging: (transaction) => logger.warn(transaction, hangingText(topics.events, transaction)),
  })
  let checking: Promise<void> | undefined
  async function check(): Promise<void> {
    await uncommitted.connect()
    await checkTransactions(heartbeats.assigned)
  }
  const timer = setInterval(() => {
    checking ??= check()
      .catch((error) => logger.debug({ error: String(error) }, 'Cannot check the log'))
      .finally(() => {
        checking = undefined
      })
  }, periodMs)
  return async (): Promise<void> => {
    clearInterval(timer)
    await uncommitted.disconnect().catch(() => undefined)
  }
}

const hangingText = (topic: string, { partition, offset, records }: OpenTransaction): string =>
  `A transaction stays open: ${records} records from ${topic}:${partition}:${offset} on cannot be read before it ends. If its producer is gone for longer than its transaction.timeout.ms, run kafka-transactions.sh --bootstrap-server <broker> abort --topic ${topic} --partition ${partition} --start-offset ${offset}`
