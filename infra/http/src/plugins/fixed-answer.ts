import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

export type FixedAnswer = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Makes the body, at the first request. */
  readonly body: () => string
}

/** Answers a GET with a body that does not change while the process runs. Caches keep it and ask whether it has changed (ETag, 304). */
export function fixedAnswer(app: FastifyInstance, { url, headers, body }: FixedAnswer): void {
  let made: { readonly text: string; readonly etag: string } | undefined
  const make = () => {
    const text = body()
    // weak: compressed or not, it is the same
    return { text, etag: `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
  }
  app.get(url, { schema: { hide: true } }, async (request, reply) => {
    made ??= make()
    reply.headers({ ...headers, 'cache-control': 'no-cache', etag: made.etag })
    const known = request.headers['if-none-match']
    if (known?.split(',').some((each) => each.trim() === made?.etag)) return reply.code(304).send()
    return made.text
  })
}
