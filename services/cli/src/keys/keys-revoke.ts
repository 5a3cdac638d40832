import { changeKeysFile, revokeKeys } from '@headwater/access/keys'
import { shellWord } from '@headwater/config/shell-word'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { keyJson } from './key-json.ts'
import { type FileOption, keysFileOf, withKeysFile } from './keys-file.ts'

export type KeysRevokeOptions = FileOption & { readonly json: boolean }

/** Revokes a key, or every key with a name, permanently. */
export async function keysRevoke(
  context: Context,
  config: CliConfig,
  idOrName: string,
  options: KeysRevokeOptions,
): Promise<number> {
  const file = keysFileOf(config, options)
  const now = context.now()
  const { revoked, already } = await withKeysFile(
    changeKeysFile(file, (keys) => {
      const change = revokeKeys(keys, idOrName, now)
      if (change.result.revoked.length + change.result.already.length > 0) return change
      throw new CliError(
        'REFUSED',
        `No key with the id or name ${idOrName} in ${shellWord(file)}; see: headwater keys list`,
      )
    }),
  )
  if (options.json) {
    context.print(JSON.stringify({ file, revoked: revoked.map((key) => keyJson(key, now)) }))
    return exitCodes.ok
  }
  for (const { id, name } of already) context.note(`${id} (${name}) was already revoked`)
  for (const { id, name } of revoked) context.print(`Revoked ${id} (${name})`)
  if (revoked.length > 0) context.note('Running services refuse revoked keys within two seconds')
  return exitCodes.ok
}
