import type { LineagePaths } from '@headwater/api/contract'
import type { ApiClient } from '../api/api-client.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { noPathText, pathsText } from './paths-text.ts'

export type WhyOptions = ReadOptions &
  MomentOptions & { readonly edges?: string; readonly limit: number; readonly depth?: number }

/** Shows why one of two assets depends on the other; fails when neither does. */
export async function why(
  context: Context,
  api: ApiClient,
  [asset, other]: readonly [string, string],
  options: WhyOptions,
): Promise<number> {
  if (asset === other) throw new CliError('INVALID_INPUT', 'Name two different assets')
  const { edges, limit, depth } = options
  const pathsBetween = (from: string, to: string) =>
    api.paths({ from, to, limit, depth, edges, ...momentOf(options), ...waitParameters(options) })
  const forth = await pathsBetween(other, asset)
  const back = forth.paths.length > 0 ? undefined : await pathsBetween(asset, other)
  const found = [forth, back].find((answer) => answer !== undefined && answer.paths.length > 0)
  if (options.json) context.print(JSON.stringify(found ?? forth))
  else printAnswer(context, found, [forth, back ?? forth], depth)
  return found === undefined ? exitCodes.failing : exitCodes.ok
}

function printAnswer(
  context: Context,
  found: LineagePaths | undefined,
  answers: readonly [LineagePaths, LineagePaths],
  depth: number | undefined,
): void {
  const style = createStyle(context.colour)
  const lines =
    found === undefined
      ? [noPathText(answers, depth)]
      : [...viewHeader(found, style), ...pathsText(found, { style, width: context.width, depth })]
  for (const line of lines) context.print(line)
}
