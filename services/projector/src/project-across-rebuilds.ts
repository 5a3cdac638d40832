import { type ProjectorOptions, type RunningProjector, startProjector } from './start-projector.ts'

// Holds: at most one projector runs; it began after the tables it writes to took their place, or does so within a second.

/** A projector that begins anew when its tables change places with rebuilt ones. */
export async function projectAcrossRebuilds(options: ProjectorOptions): Promise<RunningProjector> {
  let current = await startProjector(options)
  let stopped = false
  const done = keep()
  done.catch(() => undefined)
  return {
    done,
    async stop() {
      stopped = true
      await current.stop()
      await done.catch(() => undefined)
    },
  }

  async function keep(): Promise<'stopped'> {
    while ((await current.done) === 'superseded' && !stopped) {
      options.logger.info({ database: options.database }, 'The tables were rebuilt; starting anew')
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
