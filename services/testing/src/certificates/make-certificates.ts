import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Paths of a PEM file and its key. */
export type CertificateFiles = { readonly cert: string; readonly key: string }

export type Certificates = {
  /** The authority that signed `server` and `client`. */
  readonly ca: string
  /** For localhost and 127.0.0.1. */
  readonly server: CertificateFiles
  readonly client: CertificateFiles
  /** An authority that signed neither. */
  readonly otherCa: string
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

  async function signed(name: string, extensions: string): Promise<CertificateFiles> {
    await writeFile(join(folder, `${name}.cnf`), extensions)
    await openssl('req', '-new', ...newKey, `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-CAserial', `${name}.srl`]
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, ...by, '-days', '2', '-extfile', `${name}.cnf`],
      ...['-out', `${name}.pem`],
    )
    return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  }
  const [server, client] = await Promise.all([
    signed('server', 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n'),
    signed('client', 'extendedKeyUsage=clientAuth\n'),
  ])
  return {
    ...{ ca: join(folder, 'ca.pem'), otherCa: join(folder, 'other-ca.pem'), server, client },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
