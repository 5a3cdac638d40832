import { setTimeout } from 'node:timers/promises'
import { isTlsError } from '@headwater/config'
import { isRetryable } from '@headwater/kafka'
import type { ProjectorOptions, RunningProjector } from './projector-options.ts'
import { startProjector } from './start-projector.ts'

// Holds: at most one projector runs; it started after its tables were swapped in, or restarts within a second. It restarts, ever more
// slowly, when it failed and a retry can succeed; after a working start also where a login or a certificate fails, which may be renewed.
// Any other failure is for the caller.

const [firstDelayMs, maxDelayMs] = [1_000, 60_000]

/** Runs a projector and restarts it whenever rebuilt tables replace the live ones, or its consumer ended. */
export async function projectAcrossRebuilds(options: ProjectorOptions): Promise<RunningProjector> {
  const { database, logger, metrics, status } = options
  let current = await startProjector(options)
  let startedAt = performance.now()
  const stopping = new AbortController()
  const done = keepRunning()
  done.catch(() => undefined)
  return {
    done,
    async stop() {
      stopping.abort()
      await current.stop()
      await done.catch(() => undefined)
    },
  }

  async function keepRunning(): Promise<'stopped'> {
    const { signal } = stopping
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
      const end = await current.done.catch(retryableFailure)
      if (end === 'stopped' || signal.aborted) return 'stopped'
      if (performance.now() - startedAt > maxDelayMs) delayMs = firstDelayMs
      if (end === 'superseded') logger.info({ database }, 'The tables were rebuilt: restarting the projector')
      else {
        metrics.retried((end as { code?: string }).code ?? 'UNKNOWN')
        status?.ended(end)
        logger.warn({ reason: end.message, delayMs }, 'The projector failed: restarting it')
      }
      await current.stop()
      if (end !== 'superseded') await setTimeout(delayMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return 'stopped'
      startedAt = performance.now()
      current = await startProjector(options).catch(notStarted)
      if (signal.aborted) {
        await current.stop()
        return 'stopped'
      }
    }
  }
}

/** In place of a projector that could not start; it ends by the reason. */
function notStarted(error: Error): RunningProjector {
  const done = Promise.reject(error)
  done.catch(() => undefined)
  return { done, stop: async () => undefined }
}

function retryableFailure(error: unknown): Error {
  if (error instanceof Error && (isRetryable(error) || isRefusedConnection(error))) return error
  throw error
}

/** A login or a certificate that worked at the start: it was renewed too late, or its server was set up anew. */
const isRefusedConnection = ({ code, reason }: Error & { readonly code?: string; readonly reason?: string }): boolean =>
  code === 'KAFKA_UNAVAILABLE' || (code === 'CLICKHOUSE_DENIED' && isTlsError({ code: reason }))
