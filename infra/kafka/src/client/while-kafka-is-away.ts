import { KafkaError } from './kafka-error.ts'

/** Makes what a call to Kafka throws ours; what kafkajs gave up retrying is worth trying again, later. */
export async function whileKafkaIsAway<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof KafkaError) throw cause
    const retryable = isWorthRetrying(cause)
    throw new KafkaError('KAFKA_UNAVAILABLE', `Kafka is not available: ${(cause as Error).message}`, {
      cause,
      retryable,
    })
  }
}

/** Where retries are nested, the outer one of kafkajs calls what the inner one gave up not retriable: the innermost cause counts. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { retriable, name, cause } = error as Error & { readonly retriable?: boolean }
  return retriable === true || name === 'KafkaJSNumberOfRetriesExceeded' || isWorthRetrying(cause)
}
