import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { passOn } from '../processes/pass-on.ts'
import type { CertificateFiles } from './make-certificates.ts'

export type TlsProxyOptions = {
  readonly certificate: CertificateFiles
  /** Authorities of client certificates, which are then required. */
  readonly clientCa?: string
  /** Requests must have this beginning of a path, which is not passed on. */
  readonly path?: string
}

export type TlsProxy = { readonly url: string; close(): Promise<void> }

/** A proxy on loopback that speaks TLS, in front of an HTTP server. */
export async function startTlsProxy(target: string, options: TlsProxyOptions): Promise<TlsProxy> {
  const { certificate, clientCa, path = '' } = options
  const tls = {
    ...{ cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) },
    ...(clientCa === undefined ? {} : { ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: true }),
  }
  const server = createServer(tls, async (request, response) => {
    const body = await buffer(request)
    const { url = '/' } = request
    if (!url.startsWith(path)) return response.writeHead(404).end('<html><title>No such page</title></html>')
    request.url = url.slice(path.length).replace(/^(?!\/)/, '/')
    const answer = await passOn(request, body, target)
    return response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
