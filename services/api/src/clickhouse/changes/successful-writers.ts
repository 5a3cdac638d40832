import { foldedMaterializations } from '@headwater/clickhouse'
import type { Moment, Writer } from '@headwater/lineage'
import { keyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import type { Tables } from '../tables.ts'

/** The writers with at least one success. */
export async function successfulWriters(
  { query, aliases }: Tables,
  writers: readonly Writer[],
  moment: Moment,
): Promise<readonly Writer[]> {
  if (writers.length === 0) return []
  const scope = keyScope(aliases, [...new Set(writers.map(({ asset }) => asset))])
  return query(
    'successful-writers',
    `SELECT DISTINCT asset, job_namespace AS jobNamespace, job_name AS jobName
     FROM ${foldedMaterializations('{keys:Array(String)}', moment, parameterRows('namespaces', 'names'), scope.canonical)}
     WHERE state = 'SUCCEEDED' AND (asset, job_namespace, job_name) IN (${parameterRows('assets', 'namespaces', 'names')})`,
    {
      ...{ ...moment, keys: scope.keys, ...scope.aliases, assets: writers.map(({ asset }) => asset) },
      namespaces: writers.map(({ jobNamespace }) => jobNamespace),
      names: writers.map(({ jobName }) => jobName),
    },
  )
}
