import type { LineagePaths } from '@headwater/api/contract'
import type { ApiClient } from '../api/api-client.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type MomentOptions, momentOf, type ReadOptions, waiting } from '../options/read-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { noPathText } from './no-path-text.ts'
import { pathsText } from './paths-text.ts'

export type WhyOptions = ReadOptions &
  MomentOptions & { readonly edges?: string; readonly limit: number; readonly depth?: number }

/** Tells why one asset depends on the other, whichever it is; fails when neither does. */
export async function why(
  context: Context,
  api: ApiClient,
  [asset, other]: readonly [string, string],
  options: WhyOptions,
): Promise<number> {
  if (asset === other) throw new CliError('INVALID_INPUT', 'Name two different assets')
  const { edges, limit, depth } = options
  const ask = (from: string, to: string) =>
    api.paths({ from, to, limit, depth, edges, ...momentOf(options), ...waiting(options) })
  const forth = await ask(other, asset)
  const back = forth.paths.length > 0 ? undefined : await ask(asset, other)
  const found = [forth, back].find((answer) => answer !== undefined && answer.paths.length > 0)
  if (options.json) context.print(JSON.stringify(found ?? forth))
  else printAnswer(context, found, [forth, back ?? forth], depth)
  return found === undefined ? exitCodes.failing : exitCodes.ok
}

function printAnswer(
  context: Context,
  found: LineagePaths | undefined,
  asked: readonly [LineagePaths, LineagePaths],
  depth: number | undefined,
): void {
  const style = createStyle(context.colour)
  const lines =
    found === undefined
      ? [noPathText(asked, depth)]
      : [...viewHeader(found, style), ...pathsText(found, { style, width: context.width, depth })]
  for (const line of lines) context.print(line)
}
