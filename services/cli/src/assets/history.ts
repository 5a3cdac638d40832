import { allPages } from '../api/all-pages.ts'
import type { ApiClient, Parameters } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type MomentOptions, momentOf, type ReadOptions, waiting } from '../options/read-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { historyTable } from './history-table.ts'

export type HistoryOptions = ReadOptions &
  MomentOptions & { readonly state?: string; readonly limit: number; readonly all: boolean }

/** Lists what runs did to one asset. */
export async function history(context: Context, api: ApiClient, key: string, options: HistoryOptions): Promise<number> {
  const { limit, all } = options
  const state = options.state?.toUpperCase()
  const parameters: Parameters = { key, state, limit, ...momentOf(options), ...waiting(options) }
  const ask = (cursor?: string) => api.materializations({ ...parameters, cursor })
  const page = all ? await allPages(ask) : await ask()
  if (options.json) {
    context.print(JSON.stringify(page))
    return exitCodes.ok
  }
  const style = createStyle(context.colour)
  for (const line of viewHeader(options, style)) context.print(line)
  for (const line of historyTable(page.items, { style, width: context.width })) context.print(line)
  if (page.items.length === 0)
    context.note(state === undefined ? 'No run wrote it' : `No run that wrote it is ${state}`)
  if (page.nextCursor !== null) context.note('There are more; see all with --all')
  return exitCodes.ok
}
