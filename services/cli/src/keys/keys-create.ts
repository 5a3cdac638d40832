import { randomBytes } from 'node:crypto'
import {
  bindingProblem,
  changeKeysFile,
  idBytes,
  isKeyName,
  issueKey,
  type Scope,
  secretBytes,
  stateOfKey,
} from '@headwater/access/keys'
import { maxNameLength } from '@headwater/lineage'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { boundPrefix } from './bound-prefix.ts'
import { issuedKeyText } from './issued-key-text.ts'
import { keyJson } from './key-json.ts'
import { type FileOption, keysFileOf, withKeysFile } from './keys-file.ts'

export type KeysCreateOptions = FileOption & {
  readonly scope: readonly Scope[]
  readonly namespace?: readonly string[]
  readonly prefix?: readonly string[]
  /** In milliseconds. */
  readonly expires?: number
  readonly json: boolean
}

/** Creates a key and prints it, the only time it is shown. */
export async function keysCreate(
  context: Context,
  config: CliConfig,
  name: string,
  { scope, namespace: namespaces, prefix, expires, json, ...options }: KeysCreateOptions,
): Promise<number> {
  if (!isKeyName(name)) {
    throw new CliError(
      'INVALID_INPUT',
      `Invalid name ${name}: allowed are up to 64 letters, digits, dots, dashes and underscores, e.g. airflow-prod`,
    )
  }
  if (namespaces?.some((each) => each === '' || each.length > maxNameLength)) {
    throw new CliError('INVALID_INPUT', `Invalid --namespace: a namespace has 1 to ${maxNameLength} characters`)
  }
  const bound = { scopes: scope, namespaces, prefixes: prefix?.map(boundPrefix) }
  const problem = bindingProblem(bound)
  if (problem !== undefined) throw new CliError('INVALID_INPUT', `Invalid key ${name}: ${problem}`)
  const file = keysFileOf(config, options)
  const now = context.now()
  const random = randomBytes(idBytes + secretBytes)
  const { key, record } = await withKeysFile(
    changeKeysFile(file, (keys) => {
      if (keys.some((each) => each.name === name && stateOfKey(each, now) === 'active')) {
        throw new CliError('FAILING', `Key ${name} already exists; replace it with: headwater keys rotate ${name}`)
      }
      return issueKey(keys, { name, ...bound, lifetimeMs: expires, now, random })
    }),
  )
  if (json) context.print(JSON.stringify({ key: key.text, ...keyJson(record, now), file }))
  else {
    context.print(key.text)
    const isConfigured = config.HEADWATER_KEYS_FILE !== undefined
    for (const line of issuedKeyText(record, { file, isConfigured })) context.note(line)
  }
  return exitCodes.ok
}
