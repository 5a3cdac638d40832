import { Kafka, type KafkaConfig, type LogEntry, logLevel } from 'kafkajs'
import type { Logger } from 'pino'
import { correctFetches } from '../fetch/correct-fetches.ts'
import { kafkaAccess } from './kafka-access.ts'
import type { KafkaSettings } from './kafka-variables.ts'

export type KafkaTimes = Pick<KafkaConfig, 'requestTimeout' | 'retry'>

/** @param times timeouts and retries that replace the defaults */
export function createKafka(clientId: string, config: KafkaSettings, logger: Logger, times: KafkaTimes = {}): Kafka {
  correctFetches()
  return new Kafka({
    clientId,
    brokers: config.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ...kafkaAccess(config),
    connectionTimeout: 3_000,
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    ...times,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => logEntry(logger, entry),
  })
}

/** kafkajs logs as errors what it then retries itself, so all its entries are logged as warnings. */
function logEntry(logger: Logger, { namespace, log }: LogEntry): void {
  const { message, error, broker, groupId } = log as {
    message: string
    error?: string
    broker?: string
    groupId?: string
  }
  logger.warn({ kafkajs: namespace, error, broker, groupId }, message)
}
