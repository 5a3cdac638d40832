import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { lineageTree } from '../text/lineage-tree.ts'
import { createStyle } from '../text/style.ts'
import { viewHeader } from '../text/view-header.ts'
import { directionOf, type MomentOptions, momentOf, type ReadOptions, waiting } from './read-options.ts'

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
    ...waiting(options),
  })
  const style = createStyle(context.colour)
  const lines = options.json
    ? [JSON.stringify(answer)]
    : [...viewHeader(answer, style), ...lineageTree(answer, { style, width: context.width, evidence })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
