import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fp from 'fastify-plugin'
import { docsPage } from '../pages/docs-page.ts'
import { pageHeaders } from '../pages/html-page.ts'
import { fixedAnswer } from './fixed-answer.ts'

export type OpenApiOptions = {
  readonly title: string
  readonly description: string
  readonly tags: { name: string; description: string }[]
  /** What the credential must allow, for the description of the security scheme `bearer`. */
  readonly scope: string
  /** The security of operations that do not declare their own. */
  readonly security?: Record<string, string[]>[] | undefined
  /** How @fastify/swagger makes the document from the routes. */
  readonly transforms: Pick<FastifyDynamicSwaggerOptions, 'transform' | 'transformObject' | 'refResolver'>
}

/** Serves the OpenAPI document of the routes that are registered after this plugin: at /openapi.json, and as a page at /docs. */
export const openapi = fp<OpenApiOptions>(
  async (app, { title, description, tags, scope, security, transforms }) => {
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
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    fixedAnswer(app, { url: '/openapi.json', headers, body: () => JSON.stringify(app.swagger()) })
    fixedAnswer(app, { url: '/docs', headers: pageHeaders, body: () => docsPage(app.swagger()) })
  },
  { name: 'openapi' },
)
