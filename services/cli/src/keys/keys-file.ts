import { join, resolve } from 'node:path'
import { KeysFileError } from '@headwater/access/keys'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'

export type FileOption = { readonly file?: string }

/** The keys file: as asked, else by HEADWATER_KEYS_FILE, else in the home folder. */
export const keysFileOf = (config: CliConfig, { file }: FileOption): string =>
  resolve(file ?? config.HEADWATER_KEYS_FILE ?? join(config.HEADWATER_HOME, 'keys.json'))

/** Does something with a keys file; that it cannot be used becomes a CliError. */
export async function withKeysFile<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof KeysFileError ? new CliError('INVALID_INPUT', error.message, { cause: error }) : error
  })
}
