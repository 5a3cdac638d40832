import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { createWhen } from '../terminal/when.ts'
import { assetCardText } from './asset-card-text.ts'

export type AssetOptions = ReadOptions & MomentOptions

/** Prints everything about one asset. */
export async function asset(context: Context, api: ApiClient, key: string, options: AssetOptions): Promise<number> {
  const card = await api.asset({ key, ...momentOf(options), ...waitParameters(options) })
  const { width } = context
  const style = createStyle(context.colour)
  const when = createWhen(options, context.now())
  const lines = options.json
    ? [JSON.stringify(card)]
    : [...viewHeader(options, style), ...assetCardText(card, { style, width, when })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
