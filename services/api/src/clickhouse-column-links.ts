import { type ColumnLink, type ColumnSelection, linksOf, type Moment } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { compare } from './compare.ts'
import { type ColumnRun, columnRunsInto, columnRunsOutOf } from './queries/column-runs.ts'
import { type ColumnSetFilter, type ColumnSetLink, columnSetLinks } from './queries/column-sets.ts'
import { droppedAssets } from './queries/dropped-assets.ts'

/** The asset that an observed key means: what has that key. */
const assetOf = (observedKey: string): string => observedKey

/** Current links into (upstream) or out of (downstream) what is selected. Dropped assets have none. */
export async function clickHouseColumnLinks(
  ask: Ask,
  selected: readonly ColumnSelection[],
  direction: 'upstream' | 'downstream',
  moment: Moment,
): Promise<readonly ColumnLink[]> {
  const keys = [...new Set(selected.map(({ key }) => key))]
  const found = await (direction === 'upstream' ? columnRunsInto : columnRunsOutOf)(ask, keys, moment)
  const runs = latestSuccesses(found)
  const setIds = [...new Set(runs.flatMap(({ columnSets }) => columnSets))]
  const stated = await columnSetLinks(ask, setIds, filterOf(selected, direction, keys))
  const links = linksOf(linksOfRuns(runs, stated), selected, direction)
  if (links.length === 0) return links
  const dropped = await droppedAssets(ask, [...new Set(links.flatMap(({ from, to }) => [from.key, to.key]))], moment)
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

/** Of each asset and job the latest, whichever of its keys that wrote; what one run said of several of them is joined. */
function latestSuccesses(found: readonly ColumnRun[]): readonly ColumnRun[] {
  const latest = new Map<string, ColumnRun>()
  for (const run of found) {
    const asset = assetOf(run.asset)
    const id = JSON.stringify([asset, run.jobNamespace, run.jobName])
    const known = latest.get(id)
    const order = known === undefined ? 1 : run.endedAt - known.endedAt || compare(run.runId, known.runId)
    if (order > 0) latest.set(id, { ...run, asset })
    else if (order === 0 && known !== undefined) {
      latest.set(id, { ...known, columnSets: [...new Set([...known.columnSets, ...run.columnSets])] })
    }
  }
  return [...latest.values()]
}

function linksOfRuns(runs: readonly ColumnRun[], stated: readonly ColumnSetLink[]): readonly ColumnLink[] {
  const bySet = new Map<string, ColumnSetLink[]>()
  for (const link of stated) {
    const known = bySet.get(link.setId)
    if (known === undefined) bySet.set(link.setId, [link])
    else known.push(link)
  }
  return runs.flatMap(({ asset, columnSets, ...by }) =>
    distinct(columnSets.flatMap((setId) => bySet.get(setId) ?? [])).map(
      ({ setId: _, column, input, inputColumn, ...transformation }) => ({
        from: { key: assetOf(input), column: inputColumn },
        to: { key: asset, column },
        ...transformation,
        by,
      }),
    ),
  )
}

/** Each link once, in however many sets it is. */
const distinct = (links: readonly ColumnSetLink[]): readonly ColumnSetLink[] => [
  ...new Map(links.map((link) => [JSON.stringify({ ...link, setId: '' }), link])).values(),
]
