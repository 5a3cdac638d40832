import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fp from 'fastify-plugin'
import { docsPage } from './docs-page.ts'

export type OpenApiOptions = {
  readonly title: string
  readonly description: string
  readonly tags: { name: string; description: string }[]
  /** What the credential must allow, for the description of the security scheme `bearer`. */
  readonly scope: string
  /** The security of operations that do not declare their own. */
  readonly security?: Record<string, string[]>[] | undefined
  /** Whether `/docs` shows the document as a page. */
  readonly hasPage?: boolean
  /** How @fastify/swagger makes the document from the routes. */
  readonly transforms: Pick<FastifyDynamicSwaggerOptions, 'transform' | 'transformObject' | 'refResolver'>
}

/** Serves, at /openapi.json, the OpenAPI document of the routes that are registered after this plugin. */
export const openapi = fp<OpenApiOptions>(
  async (app, { title, description, tags, scope, security, hasPage = false, transforms }) => {
    const bearer = {
      type: 'http',
      scheme: 'bearer',
      description: `An API key, or a token of the identity provider, with ${scope}. Not needed where access control is off`,
    } as const
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title, version: '1', description },
        components: { securitySchemes: { bearer } },
        ...(security === undefined ? {} : { security }),
        tags,
      },
      ...transforms,
    })
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
    if (!hasPage) return
    app.get('/docs', { schema: { hide: true } }, async (_, reply) => {
      reply.type('text/html; charset=utf-8')
      return docsPage(app.swagger())
    })
  },
  { name: 'openapi' },
)
