export type KafkaErrorCode =
  | 'KAFKA_UNAVAILABLE'
  | 'NOT_AUTHORIZED'
  | 'TOPIC_MISSING'
  | 'TOPIC_UNSUITABLE'
  | 'CONSUMER_STALLED'

/** Kafka is unavailable or refuses a request. `retryable`: the same call may succeed later. */
export class KafkaError extends Error {
  readonly code: KafkaErrorCode
  readonly retryable: boolean
  constructor(code: KafkaErrorCode, message: string, options: ErrorOptions & { readonly retryable: boolean }) {
    super(message, options)
    this.name = 'KafkaError'
    this.code = code
    this.retryable = options.retryable
  }
}
