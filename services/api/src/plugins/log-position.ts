import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { AssetCatalog } from '../catalog/asset-catalog.ts'
import { ApiError } from '../errors.ts'
import { createHorizonWatch } from '../position/horizon-watch.ts'
import { completeUntil, formatPosition, type PartitionState, parsePositions } from '../position/log-position.ts'
import { PositionWatch } from '../position/position-watch.ts'

// Holds: the position named by an answer was read before its data.

declare module 'fastify' {
  interface FastifyRequest {
    partitions: readonly PartitionState[]
    /** What answers come from: one state of the aliases, at least that of the position. */
    catalog: AssetCatalog
    /** Before when history may have expired, epoch milliseconds; undefined when everything is kept. */
    horizon: number | undefined
  }
  interface FastifyReply {
    /** The body with the position it is true at; also sets the headers. */
    positioned<T extends object>(body: T): T & { position: string; lagMs: number | null }
  }
}

const defaultTimeoutMs = 5_000

/** Makes every read of its scope wait for `waitFor`, and name its position. */
export const logPosition = fp<{ readonly catalog: AssetCatalog; readonly now: () => number }>(
  (app, { catalog, now }, done) => {
    const watch = new PositionWatch({ catalog: { partitions: () => partitionsThenAliases(catalog) } })
    const currentHorizon = createHorizonWatch(catalog)
    app.decorateRequest('partitions', null as unknown as readonly PartitionState[])
    app.decorateRequest('catalog', null as unknown as AssetCatalog)
    app.decorateRequest('horizon', undefined)
    app.decorateReply('positioned', function positioned<T extends object>(this: FastifyReply, body: T) {
      const { partitions } = this.request
      const until = completeUntil(partitions)
      const position = formatPosition(partitions)
      const lagMs = until === undefined ? null : Math.max(0, Math.round(now() - until))
      this.header('headwater-position', position)
      if (lagMs !== null) this.header('headwater-lag-ms', lagMs)
      return { ...body, position, lagMs }
    })
    app.addHook('preHandler', async (request, reply) => {
      const { waitFor, timeoutMs } = request.query as { waitFor?: string; timeoutMs?: number }
      request.partitions =
        waitFor === undefined
          ? await watch.current()
          : await watch.reach(positionsIn(waitFor), timeoutMs ?? defaultTimeoutMs)
      reply.positioned({})
      request.catalog = await catalog.pinned()
      request.horizon = await currentHorizon()
    })
    app.addHook('preClose', async () => watch.close())
    done()
  },
  { name: 'log-position' },
)

/** What a position contains of aliases is acted on: they are looked at after it was read. */
async function partitionsThenAliases(catalog: AssetCatalog): Promise<readonly PartitionState[]> {
  const partitions = await catalog.partitions()
  await catalog.refreshAliases()
  return partitions
}

function positionsIn(waitFor: string) {
  const positions = parsePositions(waitFor)
  if (positions !== undefined) return positions
  throw new ApiError(
    'INVALID_PARAMETER',
    'waitFor must be topic:partition:offset, several comma separated, e.g. headwater.events:0:41',
    { parameter: 'waitFor' },
  )
}
