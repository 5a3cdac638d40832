import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Paths of a PEM file and its key. */
export type CertificateFiles = { readonly cert: string; readonly key: string }

export type CertificateOptions = {
  readonly use: 'serverAuth' | 'clientAuth'
  /** The names of a server; default localhost and 127.0.0.1. */
  readonly names?: string
  /** Default 2; a negative number for one that has expired. */
  readonly days?: number
  /** Default `ca`. */
  readonly signedBy?: 'ca' | 'other-ca'
  /** Of the key; none by default. */
  readonly passphrase?: string
}

export type Certificates = {
  /** The authority that signed `server` and `client`. */
  readonly ca: string
  /** For localhost and 127.0.0.1. */
  readonly server: CertificateFiles
  readonly client: CertificateFiles
  /** An authority that signed neither. */
  readonly otherCa: string
  /** Makes another certificate. @param name of its files */
  issue(name: string, options: CertificateOptions): Promise<CertificateFiles>
  remove(): Promise<void>
}

const run = promisify(execFile)

/** Makes an authority with certificates of a server and a client, by the program openssl, in a folder of their own. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-certificates-'))
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout']
  const authority = (name: string) =>
    openssl('req', '-x509', ...newKey, `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2')
  await Promise.all([authority('ca'), authority('other-ca')])

  async function issue(name: string, options: CertificateOptions): Promise<CertificateFiles> {
    const { use, names = 'DNS:localhost,IP:127.0.0.1', days = 2, signedBy = 'ca', passphrase } = options
    const extensions = use === 'serverAuth' ? [`subjectAltName=${names}`] : []
    await writeFile(join(folder, `${name}.cnf`), [...extensions, `extendedKeyUsage=${use}`, ''].join('\n'))
    await openssl('req', '-new', ...newKey, `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    const by = ['-CA', `${signedBy}.pem`, '-CAkey', `${signedBy}.key`, '-CAcreateserial', '-CAserial', `${name}.srl`]
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, ...by, '-days', String(days), '-extfile', `${name}.cnf`],
      ...['-out', `${name}.pem`],
    )
    const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
    if (passphrase === undefined) return files
    const key = `${name}-encrypted.key`
    await openssl('pkcs8', '-topk8', '-in', `${name}.key`, '-passout', `pass:${passphrase}`, '-out', key)
    return { ...files, key: join(folder, key) }
  }
  const [server, client] = await Promise.all([
    issue('server', { use: 'serverAuth' }),
    issue('client', { use: 'clientAuth' }),
  ])
  return {
    ...{ ca: join(folder, 'ca.pem'), otherCa: join(folder, 'other-ca.pem'), server, client, issue },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
