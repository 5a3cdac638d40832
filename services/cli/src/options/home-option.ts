import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'

export type HomeOption = { readonly home?: string }

export const withHome = (command: Command): Command =>
  command.option('--home <dir>', 'folder of data, logs and state (default: HEADWATER_HOME, else .headwater)')

/** The environment's configuration with what the options say instead. @throws CliError INVALID_CONFIG */
export function configFor(context: Context, { home }: HomeOption): CliConfig {
  const config = context.loadConfig()
  return home === undefined ? config : { ...config, HEADWATER_HOME: resolve(home) }
}
