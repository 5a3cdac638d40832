import { readKeysFile } from '@headwater/access/keys'
import { shellWord } from '@headwater/config/shell-word'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { keyJson } from './key-json.ts'
import { keyTable } from './key-table.ts'
import { type FileOption, keysFileOf, withKeysFile } from './keys-file.ts'

export type KeysListOptions = FileOption & { readonly json: boolean }

/** Lists keys without their secrets. */
export async function keysList(context: Context, config: CliConfig, options: KeysListOptions): Promise<number> {
  const file = keysFileOf(config, options)
  const keys = await withKeysFile(readKeysFile(file, []))
  const now = context.now()
  if (options.json) context.print(JSON.stringify({ file, items: keys.map((key) => keyJson(key, now)) }))
  else if (keys.length === 0)
    context.note(`No keys in ${shellWord(file)}; create one with: headwater keys create NAME --scope ingest`)
  else {
    const table = { keys, style: createStyle(context.colour), width: context.width, now }
    for (const line of keyTable(table)) context.print(line)
  }
  return exitCodes.ok
}
