import type { Moment } from '@headwater/lineage'
import { elementsOf } from './elements-of.ts'
import { foldedRuns } from './folded-runs.ts'

/** Turns SQL of an observed key into SQL of the canonical key that it resolves to. */
export type CanonicalSql = (key: string) => string

/**
 * SQL: the materializations of assets: one row per asset and run, with the columns of the run. Inputs stated for an output replace
 * those of the run; a set id of 1 states that the output has no inputs.
 * @param assets SQL of the assets, an Array(String); with `canonical`, of all keys that resolve to them
 * @param jobs SQL that selects namespace and name of the jobs to read
 * @param canonical when given, all keys of one asset count as its canonical key
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

/** SQL: true for rows of run_facts with an output among the assets. Up to 100 assets use the bloom filter index, more use a set. */
export const writesAny = (assets: string): string =>
  `(length(${assets}) > 100 OR hasAny(outputs, ${assets})) AND arrayExists(output -> output IN ${elementsOf(assets)}, outputs)`

/** SQL: one row per folded run and asset that it wrote. */
export const materializationsOf = (runs: string, canonical?: CanonicalSql): string => `(
  SELECT ${canonical === undefined ? 'arrayJoin(outputs)' : `arrayJoin(arrayDistinct(arrayMap(output -> ${canonical('output')}, outputs)))`} AS asset,
    ${ownOf('own_sets', canonical)} AS own,
    notEmpty(own) AS explicit,
    if(explicit, arraySort(arrayFilter(own_set -> own_set != 1, own)), r.input_sets) AS input_sets,
    arraySort(${ownOf('own_columns', canonical)}) AS column_sets,
    arrayFilter(text -> text != '', ${statedOf('event.2', canonical)}) AS metadata,
    arrayFilter(map -> notEmpty(map), ${statedOf('event.3', canonical)}) AS metrics,
    r.* EXCEPT (outputs, own_sets, own_columns, stated, input_sets, metadata)
  FROM ${runs} AS r
)`

/** SQL: ids of the sets stated for the output. */
const ownOf = (sets: string, canonical: CanonicalSql | undefined) =>
  canonical === undefined
    ? `arrayMap(own -> own.2, arrayFilter(own -> own.1 = asset, ${sets}))`
    : `arrayDistinct(arrayMap(own -> own.2, arrayFilter(own -> ${canonical('own.1')} = asset, ${sets})))`

/** SQL: what each event states about the output in a column of `stated`. */
const statedOf = (column: string, canonical: CanonicalSql | undefined) =>
  canonical === undefined
    ? `arrayMap(event -> ${column}[indexOf(event.1, asset)], stated)`
    : `arrayFlatten(arrayMap(event -> arrayFilter((one, output) -> ${canonical('output')} = asset,
        arrayResize(${column}, length(event.1)), event.1), stated))`

/** SQL: namespace and name of the jobs that write any of the assets. */
export const writers = (assets: string): string =>
  `SELECT job_namespace, job_name FROM asset_writes WHERE asset IN ${elementsOf(assets)}`
