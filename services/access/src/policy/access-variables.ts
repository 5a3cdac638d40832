import { type Static, Type } from 'typebox'

const url = Type.String({ default: '', pattern: '^$|^https?://' })

/** The variables of a service with authentication, to be spread into its schema. */
export const accessVariables = {
  AUTH: Type.Enum(['auto', 'on', 'off'], { default: 'auto' }),
  HEADWATER_KEYS_FILE: Type.String({ default: '' }),
  AUTH_JWKS_URL: url,
  AUTH_ISSUER: Type.String({ default: '' }),
  AUTH_AUDIENCE: Type.String({ default: '' }),
  AUTH_SCOPE_CLAIM: Type.String({ default: 'scope', minLength: 1 }),
  AUTH_ANONYMOUS_READ: Type.Boolean({ default: false }),
}

const accessSchema = Type.Object(accessVariables)

/** The values of `accessVariables`. */
export type AccessConfig = Readonly<Static<typeof accessSchema>>
