import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { assetCardText } from '../text/asset-card-text.ts'
import { createStyle } from '../text/style.ts'
import { type ReadOptions, waiting } from './read-options.ts'

/** Prints everything about one asset. */
export async function asset(context: Context, api: ApiClient, key: string, options: ReadOptions): Promise<number> {
  const card = await api.asset({ key, ...waiting(options) })
  const { width } = context
  const lines = options.json
    ? [JSON.stringify(card)]
    : assetCardText(card, { style: createStyle(context.colour), width, now: context.now() })
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
