import { connectionProblem } from './connection-problem.ts'
import { KafkaError } from './kafka-error.ts'
import { type KafkaUse, missingRight, refusalOf } from './missing-right.ts'

/**
 * Translates what a call to Kafka throws.
 * @param use what the call does, to name the right that it lacks
 * @throws KafkaError NOT_AUTHORIZED; KAFKA_UNAVAILABLE, retryable where kafkajs stopped retrying by its own limit
 */
export async function translateKafkaErrors<T>(call: () => Promise<T>, use?: KafkaUse): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw kafkaErrorOf(cause, use)
  }
}

/** An error of a call to Kafka, or of a consumer that crashed, as `translateKafkaErrors` throws it. */
export function kafkaErrorOf(cause: unknown, use: KafkaUse = { operation: 'Describe' }): Error {
  if (cause instanceof Error && typeof (cause as { retryable?: unknown }).retryable === 'boolean') return cause
  const translated = translatedIn(cause)
  if (translated !== undefined) return translated
  const refusal = refusalOf(cause)
  if (refusal !== undefined)
    return new KafkaError('NOT_AUTHORIZED', missingRight(refusal, use), { cause, retryable: false })
  const problem = connectionProblem(cause)
  const text = problem?.text ?? (cause as Error).message
  const retryable = problem === undefined ? isWorthRetrying(cause) : !problem.isLasting
  return new KafkaError('KAFKA_UNAVAILABLE', `Kafka is not available: ${text}`, { cause, retryable })
}

/** What was thrown within a consumer comes back as the cause of what kafkajs throws when it stops retrying. */
function translatedIn(error: unknown): KafkaError | undefined {
  if (error instanceof KafkaError) return error
  return error instanceof Error ? translatedIn(error.cause) : undefined
}

/** kafkajs reports them as not retriable, and they pass: a coordinator moves or starts, a broker is slow. */
const passing = new Set([
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSTimeout',
  'KafkaJSLockTimeout',
])

/** Where kafkajs nests retries, the outer one reports as not retriable what the inner one stopped retrying: the innermost cause counts. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { retriable, name, cause } = error as Error & { readonly retriable?: boolean }
  return retriable === true || passing.has(name) || isWorthRetrying(cause)
}
