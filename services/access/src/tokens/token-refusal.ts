import { errors } from 'jose'
import { AccessError } from '../access-error.ts'
import type { TokenSource } from './token-source.ts'

/** The refusal for an error of jose. Claims are checked after the signature, so their values come from the issuer. */
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
    return refused('unverifiable_token', `The claim ${error.claim} of the token is missing or invalid`)
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return refused('algorithm_not_allowed', 'The token must be signed with a private key (RS, PS, ES or EdDSA)')
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return refused('unknown_signing_key', 'The identity provider has no key with the id in the header of the token')
  }
  return refused('unverifiable_token', 'The token is malformed, or its signature is invalid')
}

const timeOf = (seconds: number | undefined) =>
  seconds === undefined ? 'an unknown time' : new Date(Math.min(seconds * 1_000, 8.64e15)).toISOString()
