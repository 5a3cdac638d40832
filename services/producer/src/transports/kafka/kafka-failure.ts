import { CodecError, SchemaRegistryError } from '@headwater/schemas'
import { textOf } from '../../problems.ts'
import { TransportError, type TransportErrorCode } from '../transport.ts'

const unsendable = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP'])
const refused = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TOPIC_EXCEPTION',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'UNSUPPORTED_VERSION',
  'POLICY_VIOLATION',
])
const authenticationErrors = /^KafkaJSSASL|^KafkaJSUnsupportedSasl/

/** An error of kafkajs, the codec or the schema registry as a TransportError. */
export function kafkaFailure(cause: unknown, topic: string, brokers: readonly string[]): TransportError {
  const root = innermost(cause)
  const code = codeOf(root)
  return new TransportError(code, messageOf(code, root, topic, brokers), { cause })
}

// kafkajs wraps the cause in an error about the number of its retries.
function innermost(error: unknown): unknown {
  let inner = error
  for (let depth = 0; depth < 5; depth += 1) {
    if (!(inner instanceof Error) || !inner.name.startsWith('KafkaJS') || !(inner.cause instanceof Error)) break
    inner = inner.cause
  }
  return inner
}

function codeOf(error: unknown): TransportErrorCode {
  if (error instanceof CodecError) return 'UNSENDABLE'
  if (error instanceof SchemaRegistryError) return error.retryable ? 'UNAVAILABLE' : 'REFUSED'
  const { type = '', name = '' } = error as { type?: string; name?: string }
  if (unsendable.has(type)) return 'UNSENDABLE'
  return refused.has(type) || authenticationErrors.test(name) ? 'REFUSED' : 'UNAVAILABLE'
}

function messageOf(code: TransportErrorCode, error: unknown, topic: string, brokers: readonly string[]): string {
  const { type } = error as { type?: string }
  if (error instanceof CodecError || error instanceof SchemaRegistryError) return error.message
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return `Kafka topic ${topic} does not exist on ${brokers.join(', ')}`
  const failure = {
    UNAVAILABLE: 'is not reachable',
    REFUSED: 'refused the client',
    UNSENDABLE: `rejected a record for topic ${topic}`,
  }
  return `Kafka at ${brokers.join(', ')} ${failure[code]}: ${textOf(error)}`
}
