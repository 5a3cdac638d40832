import { errors } from 'jose'
import { AccessError } from '../access-error.ts'
import type { TokenSource } from './token-source.ts'

/** What jose found wrong with a token, in words. Claims are judged after the signature, so what they say is the issuer's. */
export function tokenRefusal(error: unknown, { issuer, audience }: TokenSource): AccessError {
  if (error instanceof AccessError) return error
  const refused = (...[reason, detail]: ConstructorParameters<typeof AccessError>) =>
    new AccessError(reason, detail, {}, error)
  if (error instanceof errors.JWTExpired) {
    return refused('token_expired', `The token expired at ${timeOf(error.payload.exp)}`)
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return refused('wrong_issuer', `The token must be issued by ${issuer}`)
    if (error.claim === 'aud') return refused('wrong_audience', `The token must be for the audience ${audience}`)
    if (error.claim === 'nbf' && error.reason === 'check_failed') {
      return refused('token_not_yet_valid', `The token is not valid before ${timeOf(error.payload.nbf)}`)
    }
    return refused('unverifiable_token', `The token's claim ${error.claim} is missing or not what it must be`)
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return refused('algorithm_not_allowed', 'The token must be signed with a private key (RS, PS, ES or EdDSA)')
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return refused('unknown_signing_key', "No key of the identity provider is that of the token's header")
  }
  return refused('unverifiable_token', 'The token cannot be verified: its signature or its form is wrong')
}

const timeOf = (seconds: number | undefined) =>
  seconds === undefined ? 'a time that it does not say' : new Date(Math.min(seconds * 1_000, 8.64e15)).toISOString()
