import { connectionProblem } from './connection-problem.ts'
import { KafkaError } from './kafka-error.ts'

/** Translates what a call to Kafka throws. @throws KafkaError KAFKA_UNAVAILABLE, retryable where kafkajs stopped retrying by its own limit */
export async function translateKafkaErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof KafkaError) throw cause
    const problem = connectionProblem(cause)
    const text = problem?.text ?? (cause as Error).message
    const retryable = problem === undefined ? isWorthRetrying(cause) : !problem.isLasting
    throw new KafkaError('KAFKA_UNAVAILABLE', `Kafka is not available: ${text}`, { cause, retryable })
  }
}

/** Where kafkajs nests retries, the outer one reports as not retriable what the inner one stopped retrying: the innermost cause counts. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { retriable, name, cause } = error as Error & { readonly retriable?: boolean }
  return retriable === true || name === 'KafkaJSNumberOfRetriesExceeded' || isWorthRetrying(cause)
}
