import { randomBytes } from 'node:crypto'
import { changeKeysFile, idBytes, rotateKey, secretBytes } from '@headwater/access/keys'
import { shellWord } from '@headwater/config/shell-word'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { formatUtc } from '../terminal/utc.ts'
import { issuedKeyText } from './issued-key-text.ts'
import { keyJson } from './key-json.ts'
import { type FileOption, keysFileOf, withKeysFile } from './keys-file.ts'

export type KeysRotateOptions = FileOption & {
  /** In milliseconds, as `expires`. */
  readonly overlap: number
  readonly expires?: number
  readonly json: boolean
}

/** Creates a key in place of another, which stays valid for the overlap, and prints it, the only time it is shown. */
export async function keysRotate(
  context: Context,
  config: CliConfig,
  name: string,
  { overlap, expires, json, ...options }: KeysRotateOptions,
): Promise<number> {
  const file = keysFileOf(config, options)
  const now = context.now()
  const random = randomBytes(idBytes + secretBytes)
  const { key, record, replaced } = await withKeysFile(
    changeKeysFile(file, (keys) => {
      const rotated = rotateKey(keys, { name, overlapMs: overlap, lifetimeMs: expires, now, random })
      if (rotated !== undefined) return rotated
      throw new CliError('REFUSED', `No active key named ${name} in ${shellWord(file)}; see: headwater keys list`)
    }),
  )
  if (json) {
    const before = replaced.map((each) => keyJson(each, now))
    context.print(JSON.stringify({ key: key.text, ...keyJson(record, now), replaced: before, file }))
    return exitCodes.ok
  }
  context.print(key.text)
  const isConfigured = config.HEADWATER_KEYS_FILE !== undefined
  for (const line of issuedKeyText(record, { file, isConfigured })) context.note(line)
  for (const { id, expiresAt = '' } of replaced)
    context.note(`The old key, ${id}, is valid until ${formatUtc(expiresAt)}`)
  return exitCodes.ok
}
