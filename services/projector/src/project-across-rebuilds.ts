import { setTimeout } from 'node:timers/promises'
import { isRetryable } from '@headwater/kafka'
import type { ProjectorOptions, RunningProjector } from './projector-options.ts'
import { startProjector } from './start-projector.ts'

// Holds: at most one projector runs; it started after its tables were swapped in, or restarts within a second. It restarts, ever more
// slowly, when it failed and a retry can succeed; any other failure is for the caller.

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
      try {
        current = await startProjector(options)
      } catch (error) {
        if (!signal.aborted) throw error
      }
      if (signal.aborted) await current.stop()
    }
  }
}

function retryableFailure(error: unknown): Error {
  if (error instanceof Error && isRetryable(error)) return error
  throw error
}
