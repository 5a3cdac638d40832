import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { lineageTree } from '../text/lineage-tree.ts'
import { createStyle } from '../text/style.ts'
import { type ReadOptions, waiting } from './read-options.ts'

export type LineageOptions = ReadOptions & {
  readonly up: boolean
  readonly down: boolean
  readonly depth: number
  readonly maxNodes: number
}

/** Draws the graph around one asset. */
export async function lineage(context: Context, api: ApiClient, key: string, options: LineageOptions): Promise<number> {
  const { up, down, depth, maxNodes } = options
  const direction = up === down ? 'both' : up ? 'upstream' : 'downstream'
  const answer = await api.lineage({ key, direction, depth, maxNodes, ...waiting(options) })
  const lines = options.json
    ? [JSON.stringify(answer)]
    : lineageTree(answer, { style: createStyle(context.colour), width: context.width })
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
