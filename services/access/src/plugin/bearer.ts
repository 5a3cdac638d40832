import { AccessError } from '../access-error.ts'

const shape = /^Bearer +([\x21-\x7e]+) *$/i

/** The credential in an Authorization header. @throws AccessError when there is none */
export function bearerOf(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new AccessError('no_credentials', 'Send an API key or a token: Authorization: Bearer <key>')
  }
  const credential = shape.exec(header)?.[1]
  if (credential !== undefined) return credential
  throw new AccessError(
    'no_credentials',
    'The Authorization header must be: Bearer <key>. Other schemes are not accepted',
  )
}
