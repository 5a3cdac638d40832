import { foldedMaterializations } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import { keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'

type Pair = { readonly asset: string; readonly jobNamespace: string; readonly jobName: string }

/** Those of the pairs whose job has succeeded in writing the asset. */
export async function successfulPairs(
  ask: Ask,
  index: AliasIndex,
  pairs: readonly Pair[],
  moment: Moment,
): Promise<readonly Pair[]> {
  if (pairs.length === 0) return []
  const scope = keyScope(index, [...new Set(pairs.map(({ asset }) => asset))])
  return ask(
    'successful-pairs',
    `SELECT DISTINCT asset, job_namespace AS jobNamespace, job_name AS jobName
     FROM ${foldedMaterializations('{keys:Array(String)}', moment, rowsOf('namespaces', 'names'), scope.canonical)}
     WHERE state = 'SUCCEEDED' AND (asset, job_namespace, job_name) IN (${rowsOf('assets', 'namespaces', 'names')})`,
    {
      ...{ ...moment, keys: scope.keys, ...scope.aliases, assets: pairs.map(({ asset }) => asset) },
      namespaces: pairs.map(({ jobNamespace }) => jobNamespace),
      names: pairs.map(({ jobName }) => jobName),
    },
  )
}
