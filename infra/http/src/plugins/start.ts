import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { pageHeaders } from '../pages/html-page.ts'
import { type StartContent, startDocument, startPage } from '../pages/start-page.ts'

/** Answers `/` with a page about the service, or with its links as JSON, and /favicon.ico with nothing. */
export const start = fp<{ readonly content: StartContent }>(
  (app, { content }, done) => {
    app.get('/', { schema: { hide: true } }, async (request, reply) => {
      const self = selfUrlOf(request)
      const vary = reply.getHeader('vary')
      reply.header('vary', vary === undefined ? 'Accept' : `${vary}, Accept`)
      if (prefersJson(request.headers.accept)) return startDocument(content, self)
      return reply.headers(pageHeaders).send(startPage(content, self))
    })
    app.get('/favicon.ico', { schema: { hide: true } }, async (_, reply) =>
      reply.header('cache-control', 'max-age=86400').code(204).send(),
    )
    done()
  },
  { name: 'start-page' },
)

const prefersJson = (accept = ''): boolean => /\bapplication\/json\b/.test(accept) && !accept.includes('text/html')

const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** The URL under which the reader sees this service; a Host with other characters could break the commands that show it. */
function selfUrlOf({ headers, host, socket }: FastifyRequest): string {
  const scheme = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  return plainHost.test(host) ? `${scheme}://${host}` : `http://127.0.0.1:${socket.localPort ?? 80}`
}
