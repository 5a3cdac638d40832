import { join, resolve } from 'node:path'
import { KeysFileError } from '@headwater/access/keys'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'

export type FileOption = { readonly file?: string }

/** The path of the keys file: --file, else HEADWATER_KEYS_FILE, else in the home directory. */
export const keysFileOf = (config: CliConfig, { file }: FileOption): string =>
  resolve(file ?? config.HEADWATER_KEYS_FILE ?? join(config.HEADWATER_HOME, 'keys.json'))

/** Turns a KeysFileError of `work` into a CliError. */
export async function withKeysFile<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof KeysFileError ? new CliError('INVALID_INPUT', error.message, { cause: error }) : error
  })
}
