import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { producerVersion } from '../../producer-version.ts'
import { type HttpAnswer, httpAnswer } from './http-answer.ts'
import { notReached, notTheServer, refusal, unusable, wasCutOff } from './http-failure.ts'
import type { HttpOptions } from './http-options.ts'

export interface HttpClient {
  /** Resolves with an answer of 2xx. @throws TransportError whatever else happens */
  post(json: string): Promise<HttpAnswer>
  /** Ends what is under way. */
  close(): void
}

const compress = promisify(gzip)

// Holds: redirects are not followed, so the key goes to no other host; every answer is read, so its connection is used
// again; an idle connection keeps no process alive (Node's fetch sees to that); no error has a key in it.

/** Posts JSON to one URL. */
export function httpClient(url: URL | undefined, options: HttpOptions): HttpClient {
  const { timeoutMs = 10_000, fetch: ask = fetch } = options
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
      const request = { method: 'POST', headers, body, redirect: 'manual', signal: controller.signal } as const
      return await httpAnswer(await ask(endpoint, request), Date.now())
    } catch (error) {
      throw notReached(error, endpoint, timedOut ? timeoutMs : undefined)
    } finally {
      clearTimeout(timer)
      current.delete(controller)
    }
  }

  return {
    async post(json) {
      if (url === undefined) throw unusable('its URL is no http(s)://host:port, or has a password in it')
      const headers = await headersOf(options, timeoutMs)
      const body = options.compression === 'gzip' ? await compress(json) : json
      // An idle connection that the server closed just now is no outage: worth one more attempt.
      const answer = await attempt(url, headers, body).catch((error: unknown) => {
        if (wasCutOff(error)) return attempt(url, headers, body)
        throw error
      })
      if (answer.status >= 200 && answer.status < 300) {
        if (answer.mediaType === 'text/html') throw notTheServer(answer, url, 'with a page for people')
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
    // The error of Headers quotes the value, which may be the key.
    throw unusable('its key or a header has characters that HTTP does not allow')
  }
}

async function keyOf(apiKey: HttpOptions['apiKey'], timeoutMs: number): Promise<string | undefined> {
  if (typeof apiKey !== 'function') return apiKey
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const why = `the function that gives its key did not in ${timeoutMs} ms`
    timer = setTimeout(() => reject(unusable(why)), timeoutMs)
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
    throw unusable('the function that gives its key threw', cause)
  }
}

/** What no error may quote, should the server do so. */
function secretsOf(sent: Headers, { headers = {} }: HttpOptions): readonly string[] {
  return [(sent.get('authorization') ?? '').replace(/^\S+ /, ''), ...Object.values(headers)]
}
