import type { Moment } from '@headwater/lineage'
import { elementsOf } from './elements-of.ts'
import { foldedRuns } from './folded-runs.ts'

/**
 * SQL: what runs did to assets that they wrote: one row for each asset and run, with the columns of the run. The inputs stated for
 * an output win over those of the run; a set of 1 states that it has none.
 * @param assets SQL of the assets, an Array(String)
 * @param jobs SQL that selects namespace and name of the jobs to look at
 */
export const foldedMaterializations = (assets: string, moment: Moment, jobs = writers(assets)): string => `(
  SELECT * FROM ${materializationsOf(
    foldedRuns(
      `(f.job_namespace, f.job_name, f.run_id) IN (
        SELECT job_namespace, job_name, run_id FROM run_facts
        WHERE (job_namespace, job_name) IN (${jobs}) AND ${writesAny(assets)})`,
      moment,
    ),
  )} WHERE asset IN ${elementsOf(assets)}
)`

/** SQL: true for rows of run_facts with an output among the assets. Few of them are found by an index, many in a set. */
export const writesAny = (assets: string): string =>
  `(length(${assets}) > 100 OR hasAny(outputs, ${assets})) AND arrayExists(output -> output IN ${elementsOf(assets)}, outputs)`

/** SQL: a row for each asset that each of the folded runs wrote. */
export const materializationsOf = (runs: string): string => `(
  SELECT arrayJoin(outputs) AS asset,
    arrayMap(own -> own.2, arrayFilter(own -> own.1 = asset, own_sets)) AS own,
    notEmpty(own) AS explicit,
    if(explicit, arraySort(arrayFilter(own_set -> own_set != 1, own)), r.input_sets) AS input_sets,
    arraySort(arrayMap(own -> own.2, arrayFilter(own -> own.1 = asset, own_columns))) AS column_sets,
    arrayFilter(text -> text != '', arrayMap(said -> said.2[indexOf(said.1, asset)], stated)) AS metadata,
    arrayFilter(map -> notEmpty(map), arrayMap(said -> said.3[indexOf(said.1, asset)], stated)) AS metrics,
    r.* EXCEPT (outputs, own_sets, own_columns, stated, input_sets, metadata)
  FROM ${runs} AS r
)`

/** SQL: namespace and name of the jobs that write any of the assets. */
export const writers = (assets: string): string =>
  `SELECT job_namespace, job_name FROM asset_writes WHERE asset IN ${elementsOf(assets)}`
