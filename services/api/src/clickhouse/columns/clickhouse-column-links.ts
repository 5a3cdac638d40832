import { type AliasIndex, type ColumnLink, type ColumnSelection, linksOf, type Moment } from '@headwater/lineage'
import { droppedAssets } from '../edges/dropped-assets.ts'
import { keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { type ColumnRun, columnRunsInto, columnRunsOutOf } from './column-runs.ts'
import { type ColumnSetFilter, type ColumnSetLink, columnSetLinks } from './column-sets.ts'

/** Current links into (upstream) or out of (downstream) what is selected. Dropped assets have none. */
export async function clickHouseColumnLinks(
  ask: Ask,
  aliases: AliasIndex,
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
  moment: Moment,
): Promise<readonly ColumnLink[]> {
  const meant = selected.map(({ key, column }) => ({ key: aliases.canonical(key), column }))
  const scope = keyScope(aliases, [...new Set(meant.map(({ key }) => key))])
  const runs = await (direction === 'upstream'
    ? columnRunsInto(ask, scope, moment)
    : columnRunsOutOf(ask, aliases, scope.keys, moment))
  const setIds = [...new Set(runs.flatMap(({ columnSets }) => columnSets))]
  const stated = await columnSetLinks(ask, setIds, filterOf(meant, direction, scope.keys))
  const links = linksOf(linksOfRuns(runs, stated, aliases), meant, direction)
  if (links.length === 0) return links
  const ends = [...new Set(links.flatMap(({ from, to }) => [from.key, to.key]))]
  const dropped = await droppedAssets(ask, keyScope(aliases, ends), moment)
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
  stated: readonly ColumnSetLink[],
  { canonical, isFormer }: AliasIndex,
): readonly ColumnLink[] {
  const bySet = new Map<string, ColumnSetLink[]>()
  for (const link of stated) {
    const known = bySet.get(link.setId)
    if (known === undefined) bySet.set(link.setId, [link])
    else known.push(link)
  }
  return runs.flatMap(({ asset, columnSets, ...by }) =>
    distinct(
      columnSets
        .flatMap((setId) => bySet.get(setId) ?? [])
        .filter(({ input }) => !(isFormer(input) && canonical(input) === asset)) // made of itself when it was renamed
        .map((link) => ({ ...link, input: canonical(link.input) })),
    ).map(({ setId: _, column, input, inputColumn, ...transformation }) => ({
      from: { key: input, column: inputColumn },
      to: { key: asset, column },
      ...transformation,
      by,
    })),
  )
}

/** Each link once, in however many sets it is. */
const distinct = (links: readonly ColumnSetLink[]): readonly ColumnSetLink[] => [
  ...new Map(links.map((link) => [JSON.stringify({ ...link, setId: '' }), link])).values(),
]
