/** How a server is reached over HTTP. */
export type HttpOptions = {
  /** http(s)://host:port, with a prefix where it has one. A trailing slash and the whole path are as good. */
  readonly url: string
  /** Sent as `Authorization: Bearer`. A function is asked before each request, for keys that change; it has `timeoutMs` to answer. */
  readonly apiKey?: string | (() => string | Promise<string>)
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** How long one request may take, its answer included. Default 10,000. */
  readonly timeoutMs?: number
  /** Default none. */
  readonly compression?: 'none' | 'gzip'
  /** In place of Node's own, e.g. undici's with a proxy or a client certificate. */
  readonly fetch?: typeof fetch
}
