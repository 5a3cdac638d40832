import { KafkaError } from '../../errors/kafka-error.ts'
import type { KafkaAccessSettings } from '../kafka-variables.ts'

export type Token = { readonly value: string; readonly lifetimeMs: number }

const timeoutMs = 10_000
const unstatedLifetimeSeconds = 300

/** Requests a token by the flow of client credentials (RFC 6749, section 4.4). @throws KafkaError KAFKA_UNAVAILABLE */
export async function requestToken(settings: KafkaAccessSettings): Promise<Token> {
  const { KAFKA_OAUTH_TOKEN_URL: url, KAFKA_OAUTH_SCOPE: scope } = settings
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) })
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: authorizationOf(settings), accept: 'application/json' },
    body: form,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: Error) => {
    const { code = cause.message } = (cause.cause ?? {}) as { code?: string }
    throw failed(`does not answer: ${code}`, true, cause)
  })
  const text = await response.text().catch(() => '')
  const answer = parsed(text)
  if (!response.ok) throw refused(response.status, answer)
  if (typeof answer.access_token !== 'string') {
    const type = response.headers.get('content-type') ?? 'no content type'
    throw failed(`answers ${response.status} (${type}) without access_token: is it the token endpoint?`, false)
  }
  const seconds = Number(answer.expires_in)
  return { value: answer.access_token, lifetimeMs: (seconds > 0 ? seconds : unstatedLifetimeSeconds) * 1_000 }
}

type Answer = { readonly access_token?: unknown; readonly expires_in?: unknown; readonly error?: unknown }

function parsed(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** The name and password are form encoded before they are joined: RFC 6749, section 2.3.1. */
function authorizationOf({
  KAFKA_OAUTH_CLIENT_ID: id,
  KAFKA_OAUTH_CLIENT_SECRET: secret,
}: KafkaAccessSettings): string {
  const encoded = (text: string) => new URLSearchParams({ x: text }).toString().slice('x='.length)
  return `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`
}

function refused(status: number, { error }: Answer): KafkaError {
  const named = typeof error === 'string' ? ` (${error.slice(0, 60)})` : ''
  const remedy = remedies[status] ?? ''
  return failed(`answers ${status}${named}${remedy}`, status >= 500 || status === 429)
}

const remedies: Readonly<Record<number, string>> = {
  400: ': check KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET and KAFKA_OAUTH_SCOPE',
  401: ': check KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET',
  403: ': check KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET',
  404: ': check its path',
}

const failed = (what: string, retryable: boolean, cause?: Error) =>
  new KafkaError('KAFKA_UNAVAILABLE', `KAFKA_OAUTH_TOKEN_URL ${what}`, {
    retryable,
    ...(cause === undefined ? {} : { cause }),
  })
