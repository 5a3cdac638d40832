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
  return `Kafka at ${brokers.join(', ')} ${failure[code]}: ${textOf(error)}${remedyOf(error)}`
}

const authority = '. Pass the PEM of its authority: kafkaTransport({ ssl: { ca } })'
const clientCertificate = '. Pass a client certificate: kafkaTransport({ ssl: { ca, cert, key } })'
const noTls = '. The port does not speak TLS: pass no ssl, or use the port of the TLS listener'

/** By codes of TLS in Node. */
const remedies: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: authority,
  DEPTH_ZERO_SELF_SIGNED_CERT: authority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
}

const closed = '. If it always is, the listener may expect TLS or a login: pass ssl or sasl'

function remedyOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: string }
  if (name === 'KafkaJSConnectionClosedError') return closed
  return (typeof code === 'string' ? remedies[code] : undefined) ?? ''
}
