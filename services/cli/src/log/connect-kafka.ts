import { kafkaAccess, kafkaAccessProblems } from '@headwater/kafka'
import kafkajs, { type Kafka } from 'kafkajs'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'

/** A client that fails within seconds, since a person waits for it. @throws CliError INVALID_CONFIG */
export function connectKafka(config: CliConfig, brokers: string): Kafka {
  const problems = kafkaAccessProblems(config)
  if (problems.length > 0) throw new CliError('INVALID_CONFIG', `Invalid environment: ${problems.join('; ')}`)
  return new kafkajs.Kafka({
    clientId: 'headwater-cli',
    brokers: brokers.split(','),
    ...kafkaAccess(config),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
  })
}
