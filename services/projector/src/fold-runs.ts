import { foldRun, type InputSetId, type RunFact, type RunIdentity } from '@headwater/lineage'
import type { RunRows } from './rows.ts'

/** All known facts of one run. */
export type FactsOfRun = { readonly identity: RunIdentity; readonly facts: readonly RunFact[] }

/**
 * Rows of runs from everything known of each. Pure.
 * @param inputsOf the members of each input set that the facts name
 * @param isIndexed true for edges that are in the edge index already, by (output, job, input set)
 */
export function foldRuns(
  runs: readonly FactsOfRun[],
  inputsOf: (setId: InputSetId) => readonly string[],
  isIndexed: (edge: string) => boolean,
): RunRows & { readonly indexed: readonly string[] } {
  const rows: RunRows = { runs: [], materializations: [], edgeIndex: [] }
  const indexed = new Set<string>()
  for (const { identity, facts } of runs) {
    const run = foldRun(facts)
    rows.runs.push({ identity, run })
    for (const output of run.outputs) {
      rows.materializations.push({ identity, run, output })
      // Own inputs narrow the run's inputs, and which events state them may be known only later: the index takes both.
      const sets = output.explicit ? [...run.inputSets, ...output.inputSets] : output.inputSets
      for (const setId of sets) {
        const edge = `${setId} ${output.key} ${identity.jobName} ${identity.jobNamespace}`
        if (indexed.has(edge) || isIndexed(edge)) continue
        indexed.add(edge)
        for (const upstream of inputsOf(setId)) {
          const { jobNamespace, jobName } = identity
          rows.edgeIndex.push({ upstream, downstream: output.key, jobNamespace, jobName })
        }
      }
    }
  }
  return { ...rows, indexed: [...indexed] }
}
