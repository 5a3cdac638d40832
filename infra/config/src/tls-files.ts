import { Type } from 'typebox'
import { throwIfInvalid } from './config-error.ts'
import { readCertificates, readClientCertificate } from './pem-files.ts'

/** Contents of PEM files, as options of TLS in Node. */
export type TlsFiles = {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

export type TlsSettings<Service extends string> = Readonly<
  Record<`${Service}_TLS_${'CA' | 'CERT' | 'KEY' | 'KEY_PASSWORD'}`, string>
>

/** The variables that name the PEM files for TLS with a service, to be spread into a schema. */
export function tlsVariables<Service extends string>(service: Service) {
  const text = (description: string) => Type.String({ default: '', description })
  return {
    [`${service}_TLS_CA`]: text('PEM file of the authorities to trust instead of the public ones'),
    [`${service}_TLS_CERT`]: text('PEM file of the client certificate, with its chain'),
    [`${service}_TLS_KEY`]: text('PEM file of the key of the client certificate'),
    [`${service}_TLS_KEY_PASSWORD`]: text('Passphrase of the key'),
  } as Record<keyof TlsSettings<Service>, ReturnType<typeof Type.String>>
}

/**
 * Reads the files that the variables name.
 * @param problems receives a sentence for each file that cannot be used, with its path and never with its content
 * @returns undefined when no variable is set
 */
export function readTlsFiles<Service extends string>(
  service: Service,
  values: TlsSettings<Service>,
  problems: string[],
): TlsFiles | undefined {
  const fileOf = (kind: 'CA' | 'CERT' | 'KEY') => {
    const variable = `${service}_TLS_${kind}` as const
    return values[variable] === '' ? undefined : { variable, path: values[variable] }
  }
  const [caFile, certFile, keyFile] = [fileOf('CA'), fileOf('CERT'), fileOf('KEY')]
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const [missing, given] = certFile === undefined ? ['CERT', 'KEY'] : ['KEY', 'CERT']
    problems.push(`${service}_TLS_${missing} must be set with ${service}_TLS_${given}`)
  }
  const password = { variable: `${service}_TLS_KEY_PASSWORD`, value: values[`${service}_TLS_KEY_PASSWORD`] }
  const ca = caFile && readCertificates(caFile, problems)
  const client = readClientCertificate({ cert: certFile, key: keyFile, password }, problems)
  const files = { ...(ca && { ca }), ...client }
  return Object.keys(files).length === 0 ? undefined : files
}

/**
 * Reads the files at each call, so that renewed ones need no restart. Those that cannot be used, as in the middle of a renewal, leave the
 * ones that were read last.
 */
export function rereadTlsFiles<Service extends string>(service: Service, values: TlsSettings<Service>): () => TlsFiles {
  let last: TlsFiles | undefined
  return () => {
    const problems: string[] = []
    const files = readTlsFiles(service, values, problems)
    if (last === undefined) throwIfInvalid(problems)
    if (problems.length === 0) last = files ?? {}
    return last ?? {}
  }
}
