import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Counter, Gauge, type Registry } from 'prom-client'
import { ApiError } from '../errors.ts'
import { Lane, type LaneLimits, type LaneRefusal } from '../load/lane.ts'
import type { Work } from '../load/work.ts'

// Holds: a request that is answered, refused or abandoned has left its lane, and its queries are cancelled.

type QuestionCost = 'costly' | 'cheap'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What questions of the route cost; `cheap` by default. */
    cost?: QuestionCost
  }
  interface FastifyRequest {
    /** What the queries of this request are bound to. */
    work: Work
    /** Ends the work; undefined before it has begun. */
    endWork: (() => void) | undefined
  }
}

/** How much the API does at once, and how long for one request. */
export type WorkLimits = {
  readonly costly: LaneLimits
  readonly cheap: LaneLimits
  /** The longest time for one answer, in milliseconds, without what `waitFor` waits. */
  readonly deadlineMs: number
}

export type BoundedWorkOptions = { readonly limits: WorkLimits; readonly registry: Registry }

/** Gives every read in its scope a lane, a deadline and a signal that ends its queries. */
export const boundedWork = fp<BoundedWorkOptions>(
  (app, { limits, registry }, done) => {
    const lanes = { costly: new Lane(limits.costly), cheap: new Lane(limits.cheap) }
    const count = workMetrics(lanes, registry)
    app.decorateRequest('work', null as unknown as Work)
    app.decorateRequest('endWork', undefined)
    app.addHook('preHandler', async (request, reply) => {
      const cost = request.routeOptions.config.cost ?? 'cheap'
      const signal = deadlineOf(request, reply, limits.deadlineMs, (reason) => count.cancelled.inc({ cost, reason }))
      request.work = { cost, signal }
      const leave = await lanes[cost].enter(signal)
      if (typeof leave === 'string') {
        count.refused.inc({ cost, reason: leave })
        throw tooBusy(lanes[cost], cost, leave)
      }
      const { endWork } = request
      request.endWork = () => {
        leave()
        endWork?.()
      }
      signal.throwIfAborted()
    })
    app.addHook('onSend', async (request) => request.endWork?.())
    done()
  },
  { name: 'bounded-work' },
)

/** Aborts at the deadline, and when the client goes away. */
function deadlineOf(
  request: FastifyRequest,
  { raw }: FastifyReply,
  deadlineMs: number,
  onAbort: (reason: 'deadline' | 'client_gone') => void,
): AbortSignal {
  const controller = new AbortController()
  const abort = (reason: 'deadline' | 'client_gone', error: ApiError) => {
    if (controller.signal.aborted) return
    onAbort(reason)
    controller.abort(error)
  }
  const late = () => abort('deadline', new ApiError('DEADLINE_EXCEEDED', deadlineText(deadlineMs), { deadlineMs }))
  const gone = () => abort('client_gone', new ApiError('CLIENT_CLOSED_REQUEST', 'The client closed the connection'))
  const timer = setTimeout(late, deadlineMs)
  raw.once('close', gone)
  request.endWork = () => {
    clearTimeout(timer)
    raw.removeListener('close', gone)
  }
  return controller.signal
}

const deadlineText = (deadlineMs: number) =>
  `The answer took longer than ${deadlineMs / 1_000} s and its queries were cancelled; request less (depth, maxNodes, limit), or try again later`

function tooBusy({ running, waiting }: Lane, cost: QuestionCost, reason: LaneRefusal): ApiError {
  const what = cost === 'costly' ? 'costly questions (lineage, paths, differences, columns, searches)' : 'questions'
  const detail = `${running} ${what} are running and ${waiting} waiting; try again later`
  return new ApiError('TOO_BUSY', detail, { reason, running, waiting })
}

function workMetrics(lanes: Readonly<Record<QuestionCost, Lane>>, registry: Registry) {
  const gauge = (name: string, help: string, measure: (lane: Lane) => number) =>
    new Gauge({
      ...{ name, help, labelNames: ['cost'], registers: [registry] },
      collect() {
        for (const [cost, lane] of Object.entries(lanes)) this.set({ cost }, measure(lane))
      },
    })
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['cost', 'reason'], registers: [registry] })
  gauge('headwater_api_questions_running', 'Questions that are being answered', ({ running }) => running)
  gauge('headwater_api_questions_waiting', 'Questions that wait for their turn', ({ waiting }) => waiting)
  return {
    refused: counter('headwater_api_questions_refused_total', 'Questions refused with TOO_BUSY, by reason'),
    cancelled: counter(
      'headwater_api_questions_cancelled_total',
      'Questions whose queries were cancelled, by reason: deadline or client_gone',
    ),
  }
}
