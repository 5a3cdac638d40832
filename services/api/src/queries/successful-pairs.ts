import { foldedMaterializations } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Ask } from '../ask.ts'
import { rowsOf } from './rows-of.ts'

type Pair = { readonly asset: string; readonly jobNamespace: string; readonly jobName: string }

/** Those of the pairs whose job has succeeded in writing the asset. */
export async function successfulPairs(ask: Ask, pairs: readonly Pair[], moment: Moment): Promise<readonly Pair[]> {
  if (pairs.length === 0) return []
  return ask(
    'successful-pairs',
    `SELECT DISTINCT asset, job_namespace AS jobNamespace, job_name AS jobName
     FROM ${foldedMaterializations('{assets:Array(String)}', moment, rowsOf('namespaces', 'names'))}
     WHERE state = 'SUCCEEDED' AND (asset, job_namespace, job_name) IN (${rowsOf('assets', 'namespaces', 'names')})`,
    {
      ...{ ...moment, assets: pairs.map(({ asset }) => asset) },
      namespaces: pairs.map(({ jobNamespace }) => jobNamespace),
      names: pairs.map(({ jobName }) => jobName),
    },
  )
}
