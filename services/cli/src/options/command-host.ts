import type { Completeness } from '@headwater/api/contract'
import type { ApiClient } from '../api/api-client.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { configFor, type HomeOption } from './home-option.ts'
import type { ReadOptions } from './read-options.ts'

/** Runs the commands that a group of them defines; what a command resolves to is the exit code. */
export type CommandHost = {
  readonly context: Context
  readonly run: (options: HomeOption, command: (config: CliConfig) => Promise<number>) => Promise<void>
  /** Runs a command that queries the read API, and says after its answer what all answers lack. */
  readonly query: (options: HomeOption & ReadOptions, command: (api: ApiClient) => Promise<number>) => Promise<void>
}

export function createHost(context: Context, exitWith: (code: number) => void): CommandHost {
  const run: CommandHost['run'] = async (options, command) => exitWith(await command(await configFor(context, options)))
  return {
    context,
    run,
    query: (options, command) =>
      run(options, async (config) => {
        const [{ createApiClient }, { findApi }, { gapText }] = await Promise.all([
          import('../api/api-client.ts'),
          import('../stack/find-addresses.ts'),
          import('../terminal/gap-text.ts'),
        ])
        let latest: Completeness | undefined
        const api = createApiClient(await findApi(config, options.api), (completeness) => {
          latest = completeness
        })
        const code = await command(api)
        if (latest?.complete === false) context.note(`Missing: ${gapText(latest)}`)
        return code
      }),
  }
}
