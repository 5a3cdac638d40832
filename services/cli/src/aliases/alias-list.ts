import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { createStyle } from '../terminal/style.ts'
import { createWhen } from '../terminal/when.ts'
import { aliasTable } from './alias-table.ts'

/** Prints the aliases of an asset. */
export async function aliasList(context: Context, api: ApiClient, key: string, options: ReadOptions): Promise<number> {
  const answer = await api.aliases({ key, ...waitParameters(options) })
  const { width } = context
  const shown = { style: createStyle(context.colour), width, when: createWhen({}, context.now()) }
  const lines = options.json ? [JSON.stringify(answer)] : aliasTable(answer, shown)
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
