import type { AssetPage } from '@headwater/api/contract'
import { allPages } from '../api/all-pages.ts'
import type { ApiClient, Parameters } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { formatAge } from '../terminal/age.ts'
import { printable } from '../terminal/printable.ts'
import { createStyle } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { healthSign, signLegend } from './health-sign.ts'

export type AssetsOptions = ReadOptions & {
  readonly prefix?: string
  readonly platform?: string
  readonly limit: number
  readonly all: boolean
}

/** Lists assets by key. */
export async function assets(
  context: Context,
  api: ApiClient,
  query: string | undefined,
  options: AssetsOptions,
): Promise<number> {
  const { prefix, platform, limit, all } = options
  const parameters: Parameters = { q: query, prefix, platform, limit, ...waitParameters(options) }
  const page = all ? await allPages((cursor) => api.assets({ ...parameters, cursor })) : await api.assets(parameters)
  if (options.json) context.print(JSON.stringify(page))
  else if (page.items.length === 0) context.note('No assets found')
  else printAssets(context, page)
  return exitCodes.ok
}

function printAssets(context: Context, { items, facets, nextCursor }: AssetPage): void {
  const style = createStyle(context.colour)
  const signs = items.map((item) => healthSign(item, style))
  const rows = items.map((item, index) => [
    signs[index]?.text ?? '',
    printable(item.key),
    formatAge(item.lastSuccessAt, context.now()),
    printable(item.owners.join(', ')),
  ])
  const columns = [
    { title: '', paint: (text: string, row: number) => signs[row]?.paint(text) ?? text },
    { title: 'Asset', flexible: true },
    { title: 'Last success', paint: style.dim },
    { title: 'Owners', paint: style.dim },
  ]
  for (const line of formatTable(columns, rows, context.width)) context.print(line)
  context.note(style.dim(signLegend))
  if (nextCursor !== null) context.note(`${items.length} of ${facets?.total ?? 'more'} assets; list all with --all`)
}
