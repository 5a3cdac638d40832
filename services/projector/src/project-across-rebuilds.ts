import type { ProjectorOptions, RunningProjector } from './projector-options.ts'
import { startProjector } from './start-projector.ts'

// Holds: at most one projector runs; it started after its tables were swapped in, or restarts within a second.

/** Runs a projector and restarts it whenever rebuilt tables replace the live ones. */
export async function projectAcrossRebuilds(options: ProjectorOptions): Promise<RunningProjector> {
  let current = await startProjector(options)
  let stopped = false
  const done = keepRunning()
  done.catch(() => undefined)
  return {
    done,
    async stop() {
      stopped = true
      await current.stop()
      await done.catch(() => undefined)
    },
  }

  async function keepRunning(): Promise<'stopped'> {
    while ((await current.done) === 'superseded' && !stopped) {
      options.logger.info({ database: options.database }, 'The tables were rebuilt: restarting the projector')
      await current.stop()
      if (stopped) break
      try {
        current = await startProjector(options)
      } catch (error) {
        if (!stopped) throw error
      }
      if (stopped) await current.stop()
    }
    return 'stopped'
  }
}
