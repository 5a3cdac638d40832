type TlsError = Error & { readonly code?: string | undefined }

const unknownAuthority =
  "the broker's certificate is signed by an authority that is not trusted: set KAFKA_TLS_CA to the PEM file of that authority"
const noTls =
  'the listener does not speak TLS: unset KAFKA_SSL and KAFKA_TLS_*, or use the port of the TLS listener in KAFKA_BROKERS'
const clientCertificate =
  'the broker refuses the client certificate: set KAFKA_TLS_CERT and KAFKA_TLS_KEY to one that its authority signed and that has not expired'

const problems: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: "the broker's certificate, or that of its authority in KAFKA_TLS_CA, has expired: renew it",
  CERT_NOT_YET_VALID: "the broker's certificate is not valid yet: check the clocks of the broker and of this machine",
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: clientCertificate,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the broker and this client have no version of TLS in common',
}

/** What is wrong with a connection by TLS, and the variable to set. Undefined where the network failed, not TLS. */
export function tlsProblem(error: TlsError, isSecure: boolean): string | undefined {
  const { code = '' } = error
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error as Error & { readonly host?: string })
  if (code === 'ECONNRESET' && !isSecure) return `the connection was closed in the TLS handshake. Perhaps ${noTls}`
  return problems[code] ?? (code.startsWith('ERR_SSL_') ? `TLS failed (${code})` : undefined)
}

/** True when TLS fails until a person changes something. */
export const isLastingTlsProblem = (code: string): boolean =>
  code === 'TLS_EXPECTED' || code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code in problems

const wrongName = ({ host }: { readonly host?: string }) =>
  `the broker's certificate is not for ${host ?? 'this host'}: use a name of the certificate in KAFKA_BROKERS and in the broker's advertised.listeners`
