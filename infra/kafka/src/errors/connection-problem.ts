import { isTlsError } from '@headwater/config'
import { KafkaError } from './kafka-error.ts'

export type ConnectionProblem = {
  /** What is wrong, and the variable to set. */
  readonly text: string
  /** True when the same connection fails until a person changes something. */
  readonly isLasting: boolean
}

type ClientError = Error & { readonly code?: string | number; readonly type?: string }

/** Why a connection to the brokers failed; undefined for errors that have another cause. */
export function connectionProblem(error: unknown): ConnectionProblem | undefined {
  const root = innermost(error)
  if (root instanceof KafkaError) return { text: root.message, isLasting: !root.retryable }
  const { name, message, code, type = '' } = root as ClientError
  if (name === 'KafkaJSSASLAuthenticationError' || loginErrors.has(type))
    return { text: `${message}. ${remedyOf(message)}`, isLasting: true }
  if (typeof code === 'string' && (code === 'TLS_EXPECTED' || isTlsError({ code })))
    return { text: message.replace(/^Connection error: /, ''), isLasting: true }
  if (name === 'KafkaJSConnectionClosedError') return { text: `${message}. ${closedRemedy}`, isLasting: false }
  return undefined
}

const loginErrors = new Set(['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'ILLEGAL_SASL_STATE'])
const closedRemedy =
  'If it always does, the listener may expect a login or TLS: check KAFKA_SASL_MECHANISM, KAFKA_SSL and the port in KAFKA_BROKERS'

function remedyOf(message: string): string {
  if (message.includes('not supported') || message.includes('not support'))
    return "Set KAFKA_SASL_MECHANISM to one of the listener's sasl.enabled.mechanisms"
  if (message.includes('OAUTHBEARER'))
    return "Check the token's audience, issuer, scope and end, and KAFKA_OAUTH_CLIENT_ID"
  if (message.includes('SASL handshake') || message.includes('SASL state'))
    return 'The listener takes no login: unset KAFKA_SASL_MECHANISM, or use the port of a listener with SASL'
  return 'Check KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_SASL_MECHANISM'
}

/** kafkajs wraps errors in those about the number of its retries, with the original as the cause. */
function innermost(error: unknown): unknown {
  let inner = error
  while (inner instanceof Error && !(inner instanceof KafkaError) && inner.cause instanceof Error) inner = inner.cause
  return inner
}
