import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { GuardRules } from './guard-rules.ts'
import { refusalOf } from './refusal-of.ts'

export type GuardedProxyOptions = {
  /** The server behind it, e.g. `http://127.0.0.1:18081`. */
  readonly target: string
  readonly rules: GuardRules
  /** Sent to the target as Authorization, in place of the client's; undefined passes the client's on. */
  readonly authorization?: string | undefined
}

const methods: readonly (string | undefined)[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']

/** Headers of one connection, which HTTP does not pass on (RFC 9110 section 7.6.1), and those that allow pages of other sites to read. */
const notPassed =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|access-control-.*|server)$/

/** A server that refuses requests of web pages in front of one that cannot, such as a schema registry. Errors have Confluent's form. */
export function createGuardedProxy(options: GuardedProxyOptions): Server {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, response) => {
    pass(incoming, response, options, agent).catch(() =>
      answer(response, 503, 'The server behind this address does not answer'),
    )
  })
  server.on('close', () => agent.destroy())
  return server
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, rules, authorization }: GuardedProxyOptions,
  agent: Agent,
): Promise<void> {
  const refusal = refusalOf(incoming, rules)
  if (refusal !== undefined) return answer(response, 403, `${refusal.detail} (${refusal.code})`)
  const { method, url = '/' } = incoming
  if (!methods.includes(method))
    return answer(response, 405, `Method ${method} is not allowed; allowed: ${methods.join(', ')}`)
  if (!url.startsWith('/')) return answer(response, 400, 'The target of the request must be a path')
  const headers = { ...passed(incoming.headers), ...(authorization === undefined ? {} : { authorization }) }
  const { hostname, port } = new URL(target)
  const outgoing = request({ agent, hostname, port, method, path: url, headers })
  response.once('close', () => outgoing.destroy())
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    outgoing.once('response', resolve).once('error', reject),
  )
  const [reply] = await Promise.all([answered, pipeline(incoming, outgoing)])
  response.writeHead(reply.statusCode ?? 502, { ...passed(reply.headers), 'x-content-type-options': 'nosniff' })
  await pipeline(reply, response)
}

const passed = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !notPassed.test(name)))

function answer(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  // The body of the request is not read, so the connection cannot be used again.
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(JSON.stringify({ error_code: status, message }))
}
