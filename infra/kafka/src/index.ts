export { heartbeatWhile } from './client/heartbeat-while.ts'
export {
  type KafkaAccess,
  kafkaAccess,
  kafkaAccessProblems,
  kafkaLogin,
  kafkaPrincipal,
  kafkaTls,
  readKafkaAccess,
} from './client/kafka-access.ts'
export { createKafka } from './client/kafka-client.ts'
export {
  groupVariables,
  type KafkaAccessSettings,
  type KafkaSettings,
  kafkaAccessVariables,
  kafkaVariables,
  withNames,
} from './client/kafka-variables.ts'
export { readRegistry, registryOf, registryTlsProblems, topicsOf } from './client/log-settings.ts'
export { metadataMaxAge } from './client/metadata-max-age.ts'
export { quietRequestQueues } from './client/quiet-request-queue.ts'
export { createUncommittedAdmin } from './client/uncommitted-admin.ts'
export { type ConsumerState, ConsumerStatus, consumerStates } from './consumer/consumer-status.ts'
export { deliverEmptyBatches } from './consumer/deliver-empty-batches.ts'
export { instanceIdOf } from './consumer/instance-id.ts'
export { createStallWatch, type Reading, type StallWatch } from './consumer/stall-watch.ts'
export { createTakeOver, type TakeOver } from './consumer/take-over.ts'
export { watchConsumer, watchedRetries } from './consumer/watch-consumer.ts'
export { type ConnectionProblem, connectionProblem } from './errors/connection-problem.ts'
export { KafkaError, type KafkaErrorCode } from './errors/kafka-error.ts'
export type { KafkaUse } from './errors/missing-right.ts'
export { kafkaErrorOf, translateKafkaErrors } from './errors/translate-kafka-errors.ts'
export { correctFetches } from './fetch/correct-fetches.ts'
export { isWholeBatch, type Unreadable, unreadableOf, type WholeBatchMessage } from './fetch/fetched-message.ts'
export { createLogProbe, type LogProbe } from './probe/log-probe.ts'
export type { KnownTopic } from './probe/metadata-request.ts'
export { type ChunkLimits, chunksOf } from './records/chunks-of.ts'
export { deadLetterId } from './records/dead-letter-id.ts'
export type { DeadLetter, DeadLetterLog } from './records/dead-letter-log.ts'
export { earliestRecordedAt } from './records/earliest-recorded-at.ts'
export { createKafkaDeadLetterLog } from './records/kafka-dead-letter-log.ts'
export { type LogRecord, logRecordOf, recordedTimeOf } from './records/log-record.ts'
export { formatPosition, type Position } from './records/position.ts'
export { type Headers, type Retry, readRetryHeaders, retryHeaders } from './records/retry-headers.ts'
export { isRetryable, type RetryOptions, retryUntilDone } from './retry-until-done.ts'
export { ensureTopics, replicaConfig, type TopicOptions } from './topics/ensure-topics.ts'
export { findForeignMembers } from './topics/find-foreign-members.ts'
export { findOpenTransactions, type OpenPartition } from './topics/find-open-transactions.ts'
export { findTopicProblems, type NamedTopic } from './topics/find-topic-problems.ts'
export { createTopicCheck, type TopicCheck } from './topics/topic-check.ts'
export { problemText, type TopicProblem } from './topics/topic-problem.ts'
