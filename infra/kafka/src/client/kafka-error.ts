export type KafkaErrorCode = 'KAFKA_UNAVAILABLE' | 'TOPIC_MISSING'

/** What stops or delays work with Kafka, for people to read. `retryable` says whether waiting can help. */
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
