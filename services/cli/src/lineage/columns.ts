import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { directionOf, type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { columnTree } from './column-tree.ts'

export type ColumnsOptions = ReadOptions &
  MomentOptions & {
    readonly up: boolean
    readonly down: boolean
    readonly depth: number
    readonly maxNodes: number
    readonly wholeRow: boolean
  }

/** Draws the graph around one column, or around every column of an asset. */
export async function columns(
  context: Context,
  api: ApiClient,
  [key, column]: readonly [key: string, column: string | undefined],
  options: ColumnsOptions,
): Promise<number> {
  const { depth, maxNodes, wholeRow } = options
  const answer = await api.columnLineage({
    ...{ key, column, direction: directionOf(options), depth, maxNodes },
    ...(wholeRow ? { wholeRow: 'true' } : {}),
    ...momentOf(options),
    ...waitParameters(options),
  })
  const style = createStyle(context.colour)
  const lines = options.json
    ? [JSON.stringify(answer)]
    : [...viewHeader(answer, style), ...columnTree(answer, { style, width: context.width })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
