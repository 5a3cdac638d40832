import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { assetCardText } from '../text/asset-card-text.ts'
import { createStyle } from '../text/style.ts'
import { viewHeader } from '../text/view-header.ts'
import { createWhen } from '../text/when.ts'
import { type MomentOptions, momentOf, type ReadOptions, waiting } from './read-options.ts'

export type AssetOptions = ReadOptions & MomentOptions

/** Prints everything about one asset. */
export async function asset(context: Context, api: ApiClient, key: string, options: AssetOptions): Promise<number> {
  const card = await api.asset({ key, ...momentOf(options), ...waiting(options) })
  const { width } = context
  const style = createStyle(context.colour)
  const when = createWhen(options, context.now())
  const lines = options.json
    ? [JSON.stringify(card)]
    : [...viewHeader(options, style), ...assetCardText(card, { style, width, when })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
