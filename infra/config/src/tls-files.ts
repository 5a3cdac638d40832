import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { Type } from 'typebox'

/** Contents of PEM files, as options of TLS in Node. */
export type TlsFiles = {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

type FileKind = 'CA' | 'CERT' | 'KEY'
type TlsVariable<Service extends string> = `${Service}_TLS_${FileKind}`

/** The variables that name the PEM files for TLS with a service, to be spread into a schema. */
export function tlsVariables<Service extends string>(service: Service) {
  const file = (description: string) => Type.String({ default: '', description })
  return {
    [`${service}_TLS_CA`]: file('PEM file of the authorities to trust instead of the public ones'),
    [`${service}_TLS_CERT`]: file('PEM file of the client certificate, with its chain'),
    [`${service}_TLS_KEY`]: file('PEM file of the key of the client certificate'),
  } as Record<TlsVariable<Service>, ReturnType<typeof Type.String>>
}

/**
 * Reads the files that the variables name. The passphrase of the key is in `<service>_TLS_KEY_PASSWORD`, where there is such a variable.
 * @param problems receives a sentence for each file that cannot be used, never with its content
 * @returns undefined when no variable is set
 */
export function readTlsFiles<Service extends string>(
  service: Service,
  values: Readonly<Record<TlsVariable<Service>, string>>,
  problems: string[],
): TlsFiles | undefined {
  const before = problems.length
  const read = (kind: FileKind): string | undefined => {
    const variable: TlsVariable<Service> = `${service}_TLS_${kind}`
    return values[variable] === '' ? undefined : readPem(variable, values[variable], problems)
  }
  const isSet = (kind: FileKind) => values[`${service}_TLS_${kind}`] !== ''
  const [ca, cert, key] = [read('CA'), read('CERT'), read('KEY')]
  if (isSet('CERT') !== isSet('KEY')) {
    const [missing, given] = isSet('CERT') ? ['KEY', 'CERT'] : ['CERT', 'KEY']
    problems.push(`${service}_TLS_${missing} must be set with ${service}_TLS_${given}`)
  }
  const passwordVariable = `${service}_TLS_KEY_PASSWORD`
  const passphrase = key && (values as Readonly<Record<string, string>>)[passwordVariable]
  const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...(passphrase && { passphrase }) }
  const remedy = passwordVariable in values ? `set ${passwordVariable} to it` : 'store the key without'
  if (problems.length === before) checkTogether(service, files, remedy, problems)
  return Object.keys(files).length === 0 ? undefined : files
}

function readPem(variable: string, path: string, problems: string[]): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.includes('-----BEGIN ')) return text
    problems.push(`${variable} must name a PEM file, which begins with -----BEGIN`)
  } catch (error) {
    problems.push(`${variable} names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  return undefined
}

function checkTogether(service: string, files: TlsFiles, passphraseRemedy: string, problems: string[]): void {
  try {
    createSecureContext(files)
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    const reason = needsPassphrase.has(code)
      ? `the key has a passphrase that was not given; ${passphraseRemedy}`
      : reasons[code]
    problems.push(`${service}_TLS_* files cannot be used together: ${reason ?? code}`)
  }
}

const needsPassphrase = new Set([
  'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED',
  'ERR_MISSING_PASSPHRASE',
  'ERR_OSSL_BAD_DECRYPT',
])

const reasons: Readonly<Record<string, string>> = {
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'the key is not that of the certificate',
}
