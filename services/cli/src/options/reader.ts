import type { Command } from 'commander'
import { type ApiClient, createApiClient } from '../api/api-client.ts'
import { findApi } from '../api/find-api.ts'
import type { Context } from '../context.ts'
import { configFor, type HomeOption, withHome } from './home-option.ts'
import type { ReadOptions } from './read-options.ts'
import type { Run } from './run.ts'

/** What commands that ask the API are made with. */
export type Reader = {
  /** A command with the options that all of them have. */
  readonly read: (usage: string) => Command
  readonly ask: (options: ReadOptions & HomeOption, command: (api: ApiClient) => Promise<number>) => Promise<void>
}

export const createReader = (program: Command, context: Context, run: Run): Reader => ({
  read: (usage) =>
    withHome(program.command(usage))
      .option('--api <url>', 'where the API is (default: HEADWATER_API_URL, else the running stack)')
      .option('--wait <position>', 'answer once this position is folded, e.g. what `headwater emit` printed')
      .option('--json', "print the API's answer", false),
  ask: async (options, command) =>
    run(findApi(configFor(context, options), options.api).then((api) => command(createApiClient(api)))),
})
