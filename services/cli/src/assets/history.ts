import { allPages } from '../api/all-pages.ts'
import type { ApiClient, Parameters } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { historyTable } from './history-table.ts'

export type HistoryOptions = ReadOptions &
  MomentOptions & { readonly state?: string; readonly limit: number; readonly all: boolean }

/** Lists the runs that wrote one asset. */
export async function history(context: Context, api: ApiClient, key: string, options: HistoryOptions): Promise<number> {
  const { limit, all } = options
  const state = options.state?.toUpperCase()
  const parameters: Parameters = { key, state, limit, ...momentOf(options), ...waitParameters(options) }
  const pageAt = (cursor?: string) => api.materializations({ ...parameters, cursor })
  const page = all ? await allPages(pageAt) : await pageAt()
  if (options.json) {
    context.print(JSON.stringify(page))
    return exitCodes.ok
  }
  const style = createStyle(context.colour)
  for (const line of viewHeader(options, style)) context.print(line)
  for (const line of historyTable(page.items, { style, width: context.width })) context.print(line)
  if (page.items.length === 0)
    context.note(state === undefined ? 'No run wrote this asset' : `No run that wrote this asset is ${state}`)
  if (page.nextCursor !== null) context.note('More runs exist; list all with --all')
  return exitCodes.ok
}
