import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { aliasMembers, statementsOf } from '../answers/alias-members.ts'
import { assetNotFound } from '../answers/not-found.ts'
import { placeOf, refusedAliases } from '../answers/refused-aliases.ts'
import { AliasAnswer, SuspiciousAliases } from '../contract/index.ts'
import { answers } from '../contract/read-responses.ts'
import { formatCursor, parseCursor } from '../parameters/cursor.ts'
import { askedKey, assetParameters, pageParameters, readQuery } from '../parameters/read-query.ts'

export const aliasRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/aliases',
    {
      schema: {
        operationId: 'getAliases',
        summary: 'The keys that mean one asset, and who says so',
        tags: ['assets'],
        querystring: readQuery(assetParameters),
        response: answers(AliasAnswer),
      },
    },
    async ({ catalog, query }, reply) => {
      const asked = askedKey(query)
      const aliases = catalog.aliases.index
      const key = await catalog.aliases.canonicalKey(asked)
      const [canonical, ...members] = aliasMembers(aliases, key)
      const isKnown = members.length > 0 || (await catalog.assets.summaries([key], {})).length > 0
      if (canonical === undefined || !isKnown) await assetNotFound(catalog, asked, {})
      const keys = new Set(aliases.keysOf(key))
      const refused = refusedAliases(aliases).filter(({ asset, alias }) => keys.has(asset) || keys.has(alias))
      return reply.positioned({ key, asked, members, statements: statementsOf(aliases, key), refused })
    },
  )

  app.get(
    '/aliases/suspicious',
    {
      schema: {
        operationId: 'listSuspiciousAliases',
        summary: 'What is said of aliases and is not believed',
        tags: ['assets'],
        querystring: readQuery(pageParameters),
        response: answers(SuspiciousAliases),
      },
    },
    async ({ catalog, query: { limit, cursor } }, reply) => {
      const after = parseCursor('refused', cursor)
      const all = refusedAliases(catalog.aliases.index)
      const rest = all.filter((refused) => after === undefined || placeOf(refused) > after)
      const items = rest.slice(0, limit)
      const last = rest.length > limit ? items.at(-1) : undefined
      const nextCursor = formatCursor('refused', last === undefined ? null : placeOf(last))
      return reply.positioned({ items, total: all.length, nextCursor })
    },
  )
  done()
}
