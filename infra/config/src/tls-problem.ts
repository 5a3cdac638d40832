/** The other end of a connection, and the variables of this one. */
export type TlsPeer = {
  /** e.g. broker 10.0.0.1:9093 */
  readonly name: string
  /** What its variables begin with. */
  readonly variables: 'KAFKA' | 'CLICKHOUSE'
  /** What to use in place of a name that the certificate does not have. */
  readonly otherName: string
  /** What to do where the other end does not speak TLS. */
  readonly withoutTls: string
}

type TlsError = Error & {
  readonly code?: string | undefined
  readonly host?: string
  readonly cert?: { readonly subjectaltname?: string }
}
type Text = (peer: TlsPeer) => string

const unknownAuthority: Text = ({ name, variables }) =>
  `the certificate of ${name} is signed by an authority that is not trusted: set ${variables}_TLS_CA to the PEM file of that authority`
const clientCertificate: Text = ({ name, variables }) =>
  `${name} refuses the client certificate: set ${variables}_TLS_CERT and ${variables}_TLS_KEY to one that its authority signed and that has not expired`
const noTls: Text = ({ name, withoutTls }) => `${name} does not speak TLS: ${withoutTls}`

const problems: Readonly<Record<string, Text>> = {
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
  INVALID_CA: unknownAuthority,
  CERT_HAS_EXPIRED: ({ name, variables }) =>
    `the certificate of ${name}, or that of its authority in ${variables}_TLS_CA, has expired: renew it`,
  CERT_NOT_YET_VALID: ({ name }) =>
    `the certificate of ${name} is not valid yet: check the clocks of that machine and of this one`,
  INVALID_PURPOSE: ({ name }) =>
    `the certificate of ${name} is not one for servers: its extended key usage must have serverAuth`,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: ({ name }) => `${name} and this client have no version of TLS in common`,
}

/** The code of an error of TLS: in the middle of a write, Node names the reason in the message only. */
export function tlsCodeOf({ code = '', message }: TlsError): string {
  const reason = code === 'EPROTO' ? /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] : undefined
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`
}

/** True when TLS fails until a person changes something. */
export const isTlsError = ({ code = '' }: { readonly code?: string | undefined }): boolean =>
  code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code in problems

/** What is wrong with a connection by TLS, and the variable to set. Undefined where the network failed, not TLS. */
export function tlsProblem(error: TlsError, peer: TlsPeer): string | undefined {
  const code = tlsCodeOf(error)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error, peer)
  return problems[code]?.(peer) ?? (code.startsWith('ERR_SSL_') ? `TLS with ${peer.name} failed (${code})` : undefined)
}

function wrongName(error: TlsError, { name, otherName }: TlsPeer): string {
  const { host = 'this host', cert } = error
  const names = cert?.subjectaltname === undefined ? '' : `, but for ${cert.subjectaltname}`
  return `the certificate of ${name} is not for ${host}${names}: ${otherName}`
}
