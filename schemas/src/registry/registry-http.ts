import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'

/** PEM texts, as options of TLS in Node. */
export type RegistryTls = {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

/** Address of a schema registry with Confluent's API, and how to sign in. */
export type SchemaRegistryOptions = {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Called for each request, so that renewed certificates are used. */
  readonly tls?: (() => RegistryTls) | undefined
}

export type RegistryRequest = { readonly method: 'GET' | 'POST' | 'PUT'; readonly path: string; readonly body?: object }

export type RegistryAnswer = {
  readonly status: number
  readonly contentType: string
  /** Where a redirect leads; it is never followed, since it leads to a sign-in page. */
  readonly location: string | undefined
  /** Undefined when the body is not JSON. */
  readonly json: unknown
}

/** Sends requests to a registry. */
export type RegistryHttp = (request: RegistryRequest) => Promise<RegistryAnswer>

const timeoutMs = 10_000
const mediaType = 'application/vnd.schemaregistry.v1+json'

/** @throws the error of the socket, or an AbortError after ten seconds */
export function createRegistryHttp({ url, username, password = '', tls }: SchemaRegistryOptions): RegistryHttp {
  const base = new URL(url)
  const login = base.username === '' ? { username, password } : loginOf(base)
  const authorization = login.username === undefined ? undefined : basic(login.username, login.password)
  const root = base.pathname.replace(/\/+$/, '')
  return async ({ method, path, body }) => {
    const target = new URL(`${root}${path}`, base.origin)
    const headers = {
      accept: `${mediaType}, application/json`,
      ...(body === undefined ? {} : { 'content-type': mediaType }),
      ...(authorization === undefined ? {} : { authorization }),
    }
    const options = { method, headers, agent: false, signal: AbortSignal.timeout(timeoutMs) } as const
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request =
        target.protocol === 'https:'
          ? requestHttps(target, { ...options, ...tls?.() }, resolve)
          : requestHttp(target, options, resolve)
      request.once('error', reject)
      request.end(body === undefined ? undefined : JSON.stringify(body))
    })
    return answerOf(response, await text(response))
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: string): RegistryAnswer {
  return {
    status: statusCode,
    contentType: headers['content-type'] ?? '',
    location: headers.location,
    json: parsed(body),
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const loginOf = (url: URL) => ({
  username: decodeURIComponent(url.username),
  password: decodeURIComponent(url.password),
})

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
