import { AccessError } from '../access-error.ts'

const shape = /^Bearer +([\x21-\x7e]+) *$/i

/** The credential of an Authorization header. @throws AccessError if it has none */
export function bearerOf(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new AccessError(
      'no_credentials',
      'Authentication required: send an API key or a token as Authorization: Bearer <key>',
    )
  }
  const credential = shape.exec(header)?.[1]
  if (credential !== undefined) return credential
  throw new AccessError('no_credentials', 'Invalid Authorization header; expected: Bearer <key>')
}
