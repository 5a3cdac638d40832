import { readFile } from 'node:fs/promises'
import { KafkaError } from '../../errors/kafka-error.ts'
import type { KafkaAccessSettings } from '../kafka-variables.ts'
import { requestToken, type Token } from './request-token.ts'

/** Tokens for SASL OAUTHBEARER: of a file, which is read for each login, or of a token endpoint, renewed before they end. */
export function oauthTokenProvider(settings: KafkaAccessSettings, now: () => number = Date.now): () => Promise<string> {
  if (settings.KAFKA_OAUTH_TOKEN_FILE !== '') return () => tokenOfFile(settings.KAFKA_OAUTH_TOKEN_FILE)
  let current: Promise<Token> | undefined
  let renewAt = 0
  return async () => {
    if (current === undefined || now() >= renewAt) {
      const requested = requestToken(settings)
      current = requested
      renewAt = Number.POSITIVE_INFINITY // while the request runs
      const { lifetimeMs } = await requested.catch((error) => {
        current = undefined
        throw error
      })
      renewAt = now() + lifetimeMs * renewAfter
    }
    return (await current).value
  }
}

/** The part of a token's lifetime after which the next login takes a new one. */
const renewAfter = 0.7

async function tokenOfFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw noToken(`KAFKA_OAUTH_TOKEN_FILE names a file that cannot be read (${cause.code})`, cause)
  })
  const value = text.trim()
  if (value === '') throw noToken('KAFKA_OAUTH_TOKEN_FILE names an empty file')
  return value
}

// Mounted token files are replaced while they are read, so a missing or empty one may be there soon.
const noToken = (message: string, cause?: Error) =>
  new KafkaError('KAFKA_UNAVAILABLE', message, { retryable: true, ...(cause === undefined ? {} : { cause }) })
