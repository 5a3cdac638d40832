import { foldedRuns, statedInOrder } from './folded-runs.ts'

/**
 * SQL: the materializations of those rows of output_facts AS f that `condition`, on asset or job, lets through: one row for each
 * asset and run, with the columns of the run. The inputs stated for an output win over those of the run.
 */
export const foldedMaterializations = (condition: string): string => `(
  SELECT o.asset AS asset, job_namespace, job_name, run_id, o.explicit AS explicit, o.metadata AS metadata, o.metrics AS metrics,
    if(o.explicit, o.own_sets, r.input_sets) AS input_sets,
    r.* EXCEPT (job_namespace, job_name, run_id, metadata, input_sets)
  FROM (
    SELECT f.asset AS asset, f.job_namespace AS job_namespace, f.job_name AS job_name, f.run_id AS run_id,
      max(f.explicit) AS explicit, arraySort(groupUniqArrayIf(f.own_set, f.own_set != 0)) AS own_sets,
      ${statedInOrder('f.metadata', "f.metadata != ''")} AS metadata,
      ${statedInOrder('f.metrics', 'notEmpty(f.metrics)')} AS metrics
    FROM output_facts AS f WHERE ${condition}
    GROUP BY f.asset, f.job_namespace, f.job_name, f.run_id
  ) AS o
  INNER JOIN ${foldedRuns(`(f.job_namespace, f.job_name, f.run_id) IN (
    SELECT f.job_namespace, f.job_name, f.run_id FROM output_facts AS f WHERE ${condition})`)} AS r
  USING (job_namespace, job_name, run_id)
)`
