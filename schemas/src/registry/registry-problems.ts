import type { RegistryAnswer, RegistryRequest } from './registry-http.ts'
import { SchemaRegistryError } from './schema-registry-error.ts'

/** An address without the login in it, to print. */
export function printableUrl(url: string): string {
  const printable = new URL(url)
  printable.username = ''
  printable.password = ''
  return printable.href.replace(/\/+$/, '')
}

export type Asked = RegistryRequest & {
  /** The registry's address. */
  readonly url: string
  /** What is asked for, as the subject of a sentence. */
  readonly what: string
}

const errorCodeOf = (json: unknown): number => Number((json as { readonly error_code?: unknown } | null)?.error_code)

/** The registry knows the path, and has nothing there: its error codes are 40401 to 40499. */
export const isAbsent = ({ status, json }: RegistryAnswer): boolean =>
  status === 404 && /^404\d\d$/.test(String(errorCodeOf(json)))

/** What is wrong with an answer that is none of the expected ones: what was asked, what came, and what to set. */
export function problemOf(asked: Asked, answer: RegistryAnswer): SchemaRegistryError {
  const { status, json } = answer
  const request = `${asked.method} ${printableUrl(asked.url)}${asked.path}`
  if (isAbsent(answer)) return new SchemaRegistryError('SCHEMA_NOT_FOUND', `${asked.what} is not in the registry`)
  const message = messageOf(json)
  if (status === 401 || status === 403)
    return refused(asked, `${request} answers ${status}${message}. Check SCHEMA_REGISTRY_USERNAME and _PASSWORD`)
  if (status === 409) return refused(asked, `${conflictOf(asked, message)}`)
  if (status === 422) return refused(asked, `${request} answers 422${message}${remedyOfMode(asked, message)}`)
  return new SchemaRegistryError('REGISTRY_UNAVAILABLE', `${request} answers ${described(answer)}`)
}

const refused = ({ what }: Asked, reason: string): SchemaRegistryError =>
  new SchemaRegistryError('SCHEMA_REFUSED', `${what} was refused by the registry: ${reason}`)

const longestMessage = 300

function messageOf(json: unknown): string {
  const message = (json as { readonly message?: unknown } | null | undefined)?.message
  return typeof message === 'string' && message !== '' ? ` (${message.slice(0, longestMessage)})` : ''
}

function conflictOf({ url, path }: Asked, message: string): string {
  const versions = `${printableUrl(url)}${path.replace(/\?.*/, '')}`
  return `another producer registered a schema that this version's is not compatible with${message}. Compare: curl ${versions}/latest. If it is not one of Headwater, delete it: curl -X DELETE ${versions}/latest`
}

/** Registries in mode READONLY or IMPORT answer 422 with code 42205. */
function remedyOfMode({ url }: Asked, message: string): string {
  if (!/mode|read.?only/i.test(message)) return ''
  return `. Its mode must be READWRITE while a new version of Headwater starts first: curl -X PUT -H 'Content-Type: application/json' -d '{"mode":"READWRITE"}' ${printableUrl(url)}/mode`
}

function described(answer: RegistryAnswer): string {
  const { status, contentType, location, json } = answer
  if (status >= 300 && status < 400 && location !== undefined)
    return `${status}, a redirect to ${originOf(location)}, as sign-in pages do: set SCHEMA_REGISTRY_URL to the registry itself, or to the address it redirects to if that is one`
  const kind = json === undefined ? `no JSON (${contentType || 'no content type'})` : 'JSON that is none of a registry'
  if (status === 404) return `404, ${kind}: ${wrongPath}`
  if (status >= 500 || status === 429) return `${status}${messageOf(json)}`
  return `${status} with ${kind}: is it a sign-in page or another service? Otherwise ${wrongPath}`
}

const wrongPath =
  "check the path in SCHEMA_REGISTRY_URL, which is /apis/ccompat/v7 for Apicurio and none for Confluent's registry"

function originOf(location: string): string {
  const url = URL.parse(location)
  return url === null ? 'another path' : `${url.origin}${url.pathname}`
}

type RequestError = Error & {
  readonly code?: string
  readonly host?: string
  readonly cert?: { readonly subjectaltname?: string }
}

/** What is wrong when no answer came. */
export function failureOf({ url }: Asked, cause: RequestError): SchemaRegistryError {
  const code = codeOf(cause)
  const tls = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? wrongName(cause) : tlsReasons[code]
  const reason = tls ?? (cause.name === 'AbortError' ? 'no answer in 10 s' : cause.message || code)
  return new SchemaRegistryError(
    'REGISTRY_UNAVAILABLE',
    `Schema registry at ${new URL(url).host} is not available: ${reason}`,
    { cause, isLasting: tls !== undefined },
  )
}

/** In the middle of a write, Node names the reason in the message only. */
function codeOf({ code = '', message }: RequestError): string {
  const reason = code === 'EPROTO' ? /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] : undefined
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`
}

const unknownAuthority =
  'its certificate is signed by an authority that is not trusted: set SCHEMA_REGISTRY_TLS_CA to the PEM file of that authority'
const clientCertificate =
  'it refuses the client certificate: set SCHEMA_REGISTRY_TLS_CERT and SCHEMA_REGISTRY_TLS_KEY to one that its authority signed and that has not expired'
const plain = 'it does not speak TLS: SCHEMA_REGISTRY_URL must begin with http://'

const tlsReasons: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
  INVALID_CA: unknownAuthority,
  CERT_HAS_EXPIRED: 'its certificate, or that of its authority in SCHEMA_REGISTRY_TLS_CA, has expired: renew it',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clocks of that machine and of this one',
  INVALID_PURPOSE: 'its certificate is not one for servers: its extended key usage must have serverAuth',
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it and this client have no version of TLS in common',
  HPE_INVALID_CONSTANT: 'it does not answer by HTTP; if it speaks TLS, SCHEMA_REGISTRY_URL must begin with https://',
}

function wrongName({ host = 'this host', cert }: RequestError): string {
  const names = cert?.subjectaltname === undefined ? '' : `, but for ${cert.subjectaltname}`
  return `its certificate is not for ${host}${names}: use a name of the certificate in SCHEMA_REGISTRY_URL`
}
