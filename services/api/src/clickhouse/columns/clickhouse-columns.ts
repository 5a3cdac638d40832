import { elementsOf, within } from '@headwater/clickhouse'
import { type AliasIndex, type ColumnLink, type ColumnSelection, linksOf, type Moment } from '@headwater/lineage'
import type { ColumnReader } from '../../catalog/column-reader.ts'
import type { Column } from '../../contract/index.ts'
import { droppedAssets } from '../edges/dropped-assets.ts'
import { canonicalKeySql, keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'
import { type ColumnRun, columnRunsInto, columnRunsOutOf } from './column-runs.ts'
import { type ColumnSetFilter, type ColumnSetLink, columnSetLinks } from './column-sets.ts'

export const clickHouseColumns = (tables: Tables): ColumnReader => ({
  links: (selected, direction, moment) => columnLinks(tables, selected, direction, moment),
  schemas: (keys, moment) => schemas(tables, keys, moment),
})

async function columnLinks(
  tables: Tables,
  given: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
  moment: Moment,
): Promise<readonly ColumnLink[]> {
  const { aliases } = tables
  const selected = given.map(({ key, column }) => ({ key: aliases.canonical(key), column }))
  const scope = keyScope(aliases, [...new Set(selected.map(({ key }) => key))])
  const runs = await (direction === 'upstream'
    ? columnRunsInto(tables, scope, moment)
    : columnRunsOutOf(tables, scope.keys, moment))
  const setIds = [...new Set(runs.flatMap(({ columnSets }) => columnSets))]
  const reported = await columnSetLinks(tables, setIds, filterOf(selected, direction, scope.keys))
  const links = linksOf(linksOfRuns(runs, reported, aliases), selected, direction)
  if (links.length === 0) return links
  const ends = [...new Set(links.flatMap(({ from, to }) => [from.key, to.key]))]
  const dropped = await droppedAssets(tables, ends, moment)
  return links.filter(({ from, to }) => !dropped.has(from.key) && !dropped.has(to.key))
}

function filterOf(
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
  inputs: readonly string[],
): ColumnSetFilter {
  const names = selected.flatMap(({ column }) => (column === null ? [] : [column]))
  const columns = names.length < selected.length ? undefined : [...new Set(names)]
  return direction === 'upstream' ? { columns } : { inputs, inputColumns: columns }
}

function linksOfRuns(
  runs: readonly ColumnRun[],
  reported: readonly ColumnSetLink[],
  { canonical, isFormer }: AliasIndex,
): readonly ColumnLink[] {
  const bySet = new Map<string, ColumnSetLink[]>()
  for (const link of reported) {
    const known = bySet.get(link.setId)
    if (known === undefined) bySet.set(link.setId, [link])
    else known.push(link)
  }
  return runs.flatMap(({ asset, columnSets, ...by }) =>
    distinct(
      columnSets
        .flatMap((setId) => bySet.get(setId) ?? [])
        .filter(({ input }) => !(isFormer(input) && canonical(input) === asset)) // an asset under its former key is no input of itself
        .map((link) => ({ ...link, input: canonical(link.input) })),
    ).map(({ setId: _, column, input, inputColumn, ...transformation }) => ({
      from: { key: input, column: inputColumn },
      to: { key: asset, column },
      ...transformation,
      by,
    })),
  )
}

/** The links without duplicates from several sets. */
const distinct = (links: readonly ColumnSetLink[]): readonly ColumnSetLink[] => [
  ...new Map(links.map((link) => [JSON.stringify({ ...link, setId: '' }), link])).values(),
]

async function schemas(
  { query, aliases }: Tables,
  keys: readonly string[],
  moment: Moment,
): Promise<ReadonlyMap<string, readonly Column[]>> {
  const scope = keyScope(aliases, keys)
  const rows = await query<{ key: string; schema: string }>(
    'schemas',
    `SELECT ${canonicalKeySql(scope, 'asset')} AS key, argMax(value, (occurred_at, fact_id, value)) AS schema FROM asset_facts
     WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'schema' AND subject = '' AND ${within(moment)}
     GROUP BY key HAVING schema != 'null'`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
  return new Map(rows.map(({ key, schema }) => [key, JSON.parse(schema) as readonly Column[]]))
}
