import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { directionOf, type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { lineageTree } from './lineage-tree.ts'

export type LineageOptions = ReadOptions &
  MomentOptions & {
    readonly edges?: string
    readonly evidence: boolean
    readonly columns: boolean
    readonly up: boolean
    readonly down: boolean
    readonly depth: number
    readonly maxNodes: number
  }

/** Draws the graph around one asset. */
export async function lineage(context: Context, api: ApiClient, key: string, options: LineageOptions): Promise<number> {
  const { edges, depth, maxNodes, evidence, columns } = options
  const view = { edges, ...momentOf(options) }
  const answer = await api.lineage({
    ...{ key, direction: directionOf(options), depth, maxNodes },
    ...(columns ? { columns: 'true' } : {}),
    ...view,
    ...waitParameters(options),
  })
  const style = createStyle(context.colour)
  const lines = options.json
    ? [JSON.stringify(answer)]
    : [...viewHeader(answer, style), ...lineageTree(answer, { style, width: context.width, evidence })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
