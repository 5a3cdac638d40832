import { type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Principal } from '../principal.ts'
import { scopesOfClaims } from './scopes-of-claims.ts'
import { tokenRefusal } from './token-refusal.ts'
import type { TokenSource } from './token-source.ts'

// Asymmetric only: with a shared secret the verifier could also sign, and a public key could be used as the secret.
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]
const clockToleranceSeconds = 30

export type TokenVerifierOptions = {
  readonly source: TokenSource
  readonly keyOf: JWTVerifyGetKey
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Verifies JWTs. Throws AccessError. */
export const createTokenVerifier =
  ({ source, keyOf, now }: TokenVerifierOptions) =>
  async (token: string): Promise<Principal> => {
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms,
        issuer: source.issuer,
        audience: source.audience,
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      })
      return { kind: 'token', subject: payload.sub ?? '', scopes: scopesOfClaims(payload, source.scopeClaim) }
    } catch (error) {
      throw tokenRefusal(error, source)
    }
  }
