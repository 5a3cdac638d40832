import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { SignJWT } from 'jose'

/** Lets the front of the registry in, and nobody else: made for one start, and kept in memory. */
export type RegistryToken = { readonly publicKey: string; readonly authorization: string }

export async function createRegistryToken(): Promise<RegistryToken> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setSubject('headwater')
    .setIssuedAt()
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  return { publicKey: spki, authorization: `Bearer ${await token.setExpirationTime('10 years').sign(privateKey)}` }
}

/** The variables with which Apicurio asks every caller for the token, without an identity provider. */
export const tokenVariables = ({ publicKey }: RegistryToken): NodeJS.ProcessEnv => ({
  AUTH_ENABLED: 'true',
  QUARKUS_OIDC_APPLICATION_TYPE: 'service',
  QUARKUS_OIDC_AUTH_SERVER_URL: '',
  QUARKUS_OIDC_PUBLIC_KEY: publicKey,
})
