import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { producerVersion } from '../../producer-version.ts'
import { type HttpAnswer, httpAnswer } from './http-answer.ts'
import { misconfigured, notReached, refusal, unexpectedResponse, wasCutOff } from './http-failure.ts'

/** The type of `fetch`, where the program has types of it: those of Node or of a browser. */
export type Fetch = typeof globalThis extends { fetch: infer F } ? F : object

/** Options of the HTTP transports. */
export type HttpOptions = {
  /** `http(s)://host:port`, with a path prefix where the server has one. A trailing slash or the complete path are accepted too. */
  readonly url: string
  /** Sent as `Authorization: Bearer`. A function is called before each request, for keys that change; it must return within `timeoutMs`. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Timeout of one request with its response, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
  /** Compression of request bodies. Default `none`. */
  readonly compression?: 'none' | 'gzip'
  /** Replaces Node's `fetch`, e.g. by undici's with a proxy or a client certificate. */
  readonly fetch?: Fetch
}

export interface HttpClient {
  /** Resolves with a 2xx response. @throws TransportError for anything else */
  post(json: string): Promise<HttpAnswer>
  /** Aborts requests in progress. */
  close(): void
}

const compress = promisify(gzip)

// Holds: redirects are not followed, so the key goes to no other host; every response is read, so its connection is reused; an idle
// connection does not keep the process alive (Node's fetch takes care of that); no error contains a key.

/** Posts JSON to one URL. */
export function httpClient(url: URL | undefined, options: HttpOptions): HttpClient {
  const { timeoutMs = 10_000, fetch: request = fetch } = options
  const current = new Set<AbortController>()

  const attempt = async (endpoint: URL, headers: Headers, body: string | Buffer): Promise<HttpAnswer> => {
    const controller = new AbortController()
    current.add(controller)
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      controller.abort()
    }, timeoutMs)
    try {
      const init = { method: 'POST', headers, body, redirect: 'manual', signal: controller.signal } as const
      return await httpAnswer(await request(endpoint, init), Date.now())
    } catch (error) {
      throw notReached(error, endpoint, timedOut ? timeoutMs : undefined)
    } finally {
      clearTimeout(timer)
      current.delete(controller)
    }
  }

  return {
    async post(json) {
      if (url === undefined) throw misconfigured('the URL must be http(s)://host:port, without a user name or password')
      const headers = await headersOf(options, timeoutMs)
      const body = options.compression === 'gzip' ? await compress(json) : json
      // The server may just have closed an idle connection: one more attempt at once.
      const answer = await attempt(url, headers, body).catch((error: unknown) => {
        if (wasCutOff(error)) return attempt(url, headers, body)
        throw error
      })
      if (answer.status >= 200 && answer.status < 300) {
        if (answer.mediaType === 'text/html') throw unexpectedResponse(answer, url, 'an HTML page')
        return answer
      }
      throw refusal(answer, url, secretsOf(headers, options))
    },
    close() {
      for (const controller of current) controller.abort()
    },
  }
}

async function headersOf({ apiKey, headers = {}, compression }: HttpOptions, timeoutMs: number): Promise<Headers> {
  const key = await keyOf(apiKey, timeoutMs)
  try {
    const all = new Headers({ 'user-agent': producerVersion, ...headers, 'content-type': 'application/json' })
    if (key !== undefined && key !== '') all.set('authorization', `Bearer ${key}`)
    if (compression === 'gzip') all.set('content-encoding', 'gzip')
    return all
  } catch {
    // The error of `Headers` quotes the value, which may be the key.
    throw misconfigured('the API key or a header has characters that HTTP does not allow')
  }
}

async function keyOf(apiKey: HttpOptions['apiKey'], timeoutMs: number): Promise<string | undefined> {
  if (typeof apiKey !== 'function') return apiKey
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const reason = `the apiKey function did not return within ${timeoutMs} ms`
    timer = setTimeout(() => reject(misconfigured(reason)), timeoutMs)
  })
  try {
    return await Promise.race([callKey(apiKey), late])
  } finally {
    clearTimeout(timer)
  }
}

async function callKey(apiKey: () => string | Promise<string>): Promise<string> {
  try {
    return await apiKey()
  } catch (cause) {
    throw misconfigured('the apiKey function threw an error', cause)
  }
}

/** Values to hide where a server quotes them in an error. */
function secretsOf(sent: Headers, { headers = {} }: HttpOptions): readonly string[] {
  return [(sent.get('authorization') ?? '').replace(/^\S+ /, ''), ...Object.values(headers)]
}
