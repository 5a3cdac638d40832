import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Catalog, CatalogStore } from '../catalog/catalog.ts'
import type { Completeness } from '../contract/completeness.ts'
import { aged } from '../position/aged.ts'
import { completenessOf } from '../position/completeness.ts'
import { completeUntil, formatPosition, type PartitionState, parsePositions } from '../position/log-position.ts'
import { PositionWatch } from '../position/position-watch.ts'
import { type BoundedWorkOptions, boundedWork } from './bounded-work.ts'

// Holds: the position in an answer was read before the data of the answer.

declare module 'fastify' {
  interface FastifyRequest {
    partitions: readonly PartitionState[]
    /** Contains at least the aliases recorded up to the position. */
    catalog: Catalog
    /** Time before which history may have expired, epoch milliseconds; undefined when everything is kept. */
    horizon: number | undefined
    /** What was deleted from the log before it was folded. */
    completeness: Completeness
    /** When the request is answered, epoch milliseconds: one time for all of its answer. */
    now: number
  }
  interface FastifyReply {
    /** Adds the position to a body, and to the headers. */
    positioned<T extends object>(body: T): T & { position: string; lagMs: number | null; completeness: Completeness }
  }
}

export type LogPositionOptions = BoundedWorkOptions & { readonly store: CatalogStore; readonly now: () => number }

const defaultTimeoutMs = 5_000

/** Longest time that readers may use an outdated horizon; expiry deletes nothing sooner after it publishes a new one. */
const horizonMaxAgeMs = 10_000
const gapsMaxAgeMs = 5_000

/** Makes every read in its scope wait for the position in `waitFor`, and report its own. */
export const logPosition = fp<LogPositionOptions>(
  async (app, { store, now, limits, registry }) => {
    const watch = new PositionWatch({ store: { partitions: () => partitionsThenAliases(store) } })
    const currentHorizon = aged(() => store.horizon(), horizonMaxAgeMs)
    const currentCompleteness = aged(async () => completenessOf(await store.gaps()), gapsMaxAgeMs)
    app.decorateRequest('partitions', null as unknown as readonly PartitionState[])
    app.decorateRequest('catalog', null as unknown as Catalog)
    app.decorateRequest('horizon', undefined)
    app.decorateRequest('completeness', null as unknown as Completeness)
    app.decorateRequest('now', 0)
    app.decorateReply('positioned', function positioned<T extends object>(this: FastifyReply, body: T) {
      const { partitions, completeness } = this.request
      const until = completeUntil(partitions)
      const position = formatPosition(partitions)
      const lagMs = until === undefined ? null : Math.max(0, Math.round(now() - until))
      this.header('headwater-position', position)
      if (lagMs !== null) this.header('headwater-lag-ms', lagMs)
      return { ...body, position, lagMs, completeness }
    })
    app.addHook('preHandler', async (request, reply) => {
      const { waitFor, timeoutMs } = request.query as { waitFor?: string; timeoutMs?: number }
      request.partitions =
        waitFor === undefined
          ? await watch.current()
          : await watch.reach(parsePositions(waitFor) ?? [], timeoutMs ?? defaultTimeoutMs)
      reply.positioned({})
    })
    app.addHook('preClose', async () => watch.close())
    await app.register(boundedWork, { limits, registry }) // waiting for a position is no work
    app.addHook('preHandler', async (request) => {
      request.catalog = await store.open(request.work)
      request.horizon = await currentHorizon()
      request.completeness = await currentCompleteness()
      request.now = now()
    })
  },
  { name: 'log-position' },
)

/** Refreshing the aliases after the position was read makes catalogs contain the aliases up to that position. */
async function partitionsThenAliases(store: CatalogStore): Promise<readonly PartitionState[]> {
  const partitions = await store.partitions()
  await store.refreshAliases()
  return partitions
}
