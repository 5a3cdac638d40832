import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'

/** A file that a variable names. */
type PemFile = { readonly variable: string; readonly path: string }

type Password = { readonly variable: string; readonly value: string }

/** Adds a sentence about a file that cannot be used. */
type Problems = { push(problem: string): unknown }

/** Reads the certificates of authorities. Node ignores those that it cannot read, and the error is then that of a missing one. */
export function readCertificates(file: PemFile, problems: Problems): string | undefined {
  const text = readPem(file, problems)
  return text === undefined || certificatesIn(text, file, problems) === undefined ? undefined : text
}

type ClientFiles = {
  readonly cert: PemFile | undefined
  readonly key: PemFile | undefined
  readonly password: Password
}

/** Reads a client certificate and its key, and tries whether they can be used together. */
export function readClientCertificate({ cert, key, password }: ClientFiles, problems: Problems) {
  const certText = cert && readPem(cert, problems)
  const keyText = key && readPem(key, problems)
  const certificate = cert && certText && certificatesIn(certText, cert, problems)?.[0]
  const privateKey = key && keyText && keyIn(keyText, key, password, problems)
  if (!cert || !key || !certificate || !privateKey) return {}
  const passphrase = password.value === '' ? {} : { passphrase: password.value }
  const files = { cert: certText, key: keyText, ...passphrase }
  const problem = useProblem(certificate, privateKey, files)
  if (problem !== undefined) {
    problems.push(`${cert.variable} and ${key.variable} cannot be used together: ${problem}`)
    return {}
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    problems.push(
      `${cert.variable}: the client certificate in ${resolve(cert.path)} has expired (${endOf(certificate)}): renew it`,
    )
    return {}
  }
  return files
}

const endOf = ({ validTo }: X509Certificate): string => new Date(validTo).toISOString()

function useProblem(certificate: X509Certificate, key: KeyObject, files: object): string | undefined {
  if (!certificate.checkPrivateKey(key)) return 'the key is not that of the certificate'
  try {
    createSecureContext(files)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown error'
  }
}

function readPem({ variable, path }: PemFile, problems: Problems): string | undefined {
  if (path.includes('-----BEGIN ')) {
    problems.push(`${variable} must be the path of a PEM file, not its content`)
    return undefined
  }
  try {
    const text = readFileSync(path, 'utf8')
    if (text.includes('-----BEGIN ')) return text
    problems.push(
      `${variable} must name a PEM file, which begins with -----BEGIN: ${resolve(path)} is none${remedyOf(text)}`,
    )
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    problems.push(`${variable} names a file that cannot be read (${code}): ${resolve(path)}${reasons[code] ?? ''}`)
  }
  return undefined
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: ' does not exist; in a container it must be mounted',
  EACCES: ' is not readable for the user of this process',
  EISDIR: ' is a directory',
}

/** DER and PKCS#12 begin with a sequence of ASN.1. */
const remedyOf = (text: string): string => {
  if (text === '') return ', it is empty'
  return text.startsWith('0') ? '. Convert DER by openssl x509 -inform DER, PKCS#12 by openssl pkcs12' : ''
}

const certificateBlock = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g
const wholeBlock = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g

function certificatesIn(text: string, { variable, path }: PemFile, problems: Problems) {
  const begun = text.match(certificateBlock)?.length ?? 0
  const blocks = text.match(wholeBlock) ?? []
  if (begun === 0) {
    problems.push(`${variable} must name a file with certificates: ${resolve(path)} has ${kindsIn(text)}`)
    return undefined
  }
  try {
    if (blocks.length < begun) throw new Error('cut off')
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    problems.push(`${variable}: a certificate in ${resolve(path)} is damaged or cut off`)
    return undefined
  }
}

function keyIn(text: string, { variable, path }: PemFile, password: Password, problems: Problems) {
  const file = resolve(path)
  if (!/-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(text)) {
    problems.push(`${variable} must name a file with a private key: ${file} has ${kindsIn(text)}`)
    return undefined
  }
  const isEncrypted = text.includes('ENCRYPTED')
  if (isEncrypted && password.value === '') {
    problems.push(`${variable}: the key in ${file} has a passphrase: set ${password.variable} to it`)
    return undefined
  }
  try {
    return createPrivateKey(isEncrypted ? { key: text, passphrase: password.value } : text)
  } catch {
    const problem = isEncrypted
      ? `${password.variable} is not the passphrase of the key in ${file}`
      : `${variable}: the key in ${file} is damaged or cut off`
    problems.push(problem)
    return undefined
  }
}

/** What a PEM file has, as its headers name it. */
const kindsIn = (text: string): string =>
  [...new Set([...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)].map(([, kind]) => kind))].join(' and ') ||
  'no whole header'
