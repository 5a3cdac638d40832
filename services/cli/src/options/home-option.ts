import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'

export type HomeOption = { readonly home?: string }

export const withHome = (command: Command): Command =>
  command.option(
    '--home <dir>',
    'directory of data, logs and state (default: HEADWATER_HOME, else .headwater in the clone or the home directory)',
  )

/** The configuration from the environment, with the options in place of it. @throws CliError INVALID_CONFIG */
export async function configFor(context: Context, { home }: HomeOption): Promise<CliConfig> {
  const config = await context.loadConfig()
  return home === undefined ? config : { ...config, HEADWATER_HOME: resolve(home) }
}
