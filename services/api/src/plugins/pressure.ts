import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import fp from 'fastify-plugin'
import { ApiError } from '../errors.ts'

export type PressureLimits = {
  /** The longest mean delay of the event loop, in milliseconds; 0 for any. */
  readonly maxEventLoopDelayMs: number
}

/** Routes that answer under any pressure: those that tell of it. */
export const underAnyPressure = { pressureHandler: () => undefined }

const heapShare = 0.9

/** Refuses questions while the process cannot keep up. Routes with `underAnyPressure` in their configuration are answered. */
export const pressure = fp<PressureLimits>(
  async (app, { maxEventLoopDelayMs }) => {
    if (maxEventLoopDelayMs === 0) return
    await app.register(underPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * heapShare),
      pressureHandler: (_request, _reply, type, value) => {
        const reason = type === 'eventLoopDelay' ? 'event_loop_delay' : 'heap'
        const amount =
          type === 'eventLoopDelay'
            ? `its event loop is ${Math.round(value ?? 0)} ms late`
            : 'its memory is nearly full'
        throw new ApiError('TOO_BUSY', `The API cannot keep up: ${amount}; try again later`, { reason })
      },
    })
  },
  { name: 'pressure' },
)
