import type { Moment } from '@headwater/lineage'
import { elementsOf } from './elements-of.ts'
import { foldedRuns } from './folded-runs.ts'

/** SQL of the key that stands for the asset which an observed key means, given SQL of that. */
export type CanonicalSql = (key: string) => string

/**
 * SQL: what runs did to assets that they wrote: one row for each asset and run, with the columns of the run. The inputs stated for
 * an output win over those of the run; a set of 1 states that it has none.
 * @param assets SQL of the assets, an Array(String); with `canonical` of all keys that mean them
 * @param jobs SQL that selects namespace and name of the jobs to look at
 * @param canonical where given, keys of one asset are taken for one, under the key it gives
 */
export const foldedMaterializations = (
  assets: string,
  moment: Moment,
  jobs = writers(assets),
  canonical?: CanonicalSql,
): string => `(
  SELECT * FROM ${materializationsOf(
    foldedRuns(
      `(f.job_namespace, f.job_name, f.run_id) IN (
        SELECT job_namespace, job_name, run_id FROM run_facts
        WHERE (job_namespace, job_name) IN (${jobs}) AND ${writesAny(assets)})`,
      moment,
    ),
    canonical,
  )} WHERE asset IN ${elementsOf(assets)}
)`

/** SQL: true for rows of run_facts with an output among the assets. Few of them are found by an index, many in a set. */
export const writesAny = (assets: string): string =>
  `(length(${assets}) > 100 OR hasAny(outputs, ${assets})) AND arrayExists(output -> output IN ${elementsOf(assets)}, outputs)`

/** SQL: a row for each asset that each of the folded runs wrote. */
export const materializationsOf = (runs: string, canonical?: CanonicalSql): string => `(
  SELECT ${canonical === undefined ? 'arrayJoin(outputs)' : `arrayJoin(arrayDistinct(arrayMap(output -> ${canonical('output')}, outputs)))`} AS asset,
    ${ownOf('own_sets', canonical)} AS own,
    notEmpty(own) AS explicit,
    if(explicit, arraySort(arrayFilter(own_set -> own_set != 1, own)), r.input_sets) AS input_sets,
    arraySort(${ownOf('own_columns', canonical)}) AS column_sets,
    arrayFilter(text -> text != '', ${statedOf('said.2', canonical)}) AS metadata,
    arrayFilter(map -> notEmpty(map), ${statedOf('said.3', canonical)}) AS metrics,
    r.* EXCEPT (outputs, own_sets, own_columns, stated, input_sets, metadata)
  FROM ${runs} AS r
)`

/** SQL: ids of the sets stated of the output. */
const ownOf = (sets: string, canonical: CanonicalSql | undefined) =>
  canonical === undefined
    ? `arrayMap(own -> own.2, arrayFilter(own -> own.1 = asset, ${sets}))`
    : `arrayDistinct(arrayMap(own -> own.2, arrayFilter(own -> ${canonical('own.1')} = asset, ${sets})))`

/** SQL: what each event states of the output in a column of `stated`. */
const statedOf = (column: string, canonical: CanonicalSql | undefined) =>
  canonical === undefined
    ? `arrayMap(said -> ${column}[indexOf(said.1, asset)], stated)`
    : `arrayFlatten(arrayMap(said -> arrayFilter((one, output) -> ${canonical('output')} = asset,
        arrayResize(${column}, length(said.1)), said.1), stated))`

/** SQL: namespace and name of the jobs that write any of the assets. */
export const writers = (assets: string): string =>
  `SELECT job_namespace, job_name FROM asset_writes WHERE asset IN ${elementsOf(assets)}`
