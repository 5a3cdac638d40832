import { foldRun, type InputSetId, type RunFact, type RunIdentity } from '@headwater/lineage'
import type { RowCollector } from './table.ts'
import { edgeIndex, materializations, runs } from './tables.ts'

/** All known facts of one run. */
export type FactsOfRun = { readonly identity: RunIdentity; readonly facts: readonly RunFact[] }

export type EdgeIndexing = {
  /** Members of an input set that the facts name. */
  readonly inputsOf: (setId: InputSetId) => readonly string[]
  /** False for an edge, by output, job and input set, that need not be written again. */
  readonly isNewEdge: (edge: string) => boolean
}

/** Adds the rows of one run as far as these facts tell; a row from more facts replaces it. Pure but for `rows`. */
export function addRun(
  { identity, facts }: FactsOfRun,
  { inputsOf, isNewEdge }: EdgeIndexing,
  rows: RowCollector,
): void {
  const { jobNamespace, jobName } = identity
  const run = foldRun(facts)
  rows.add(runs, { identity, run })
  for (const output of run.outputs) {
    rows.add(materializations, { identity, run, output })
    // Own inputs narrow the run's inputs, and which events state them may be known only later: the index takes both.
    const sets = output.explicit ? [...run.inputSets, ...output.inputSets] : output.inputSets
    for (const setId of sets) {
      if (!isNewEdge(`${setId} ${output.key} ${jobName} ${jobNamespace}`)) continue
      for (const upstream of inputsOf(setId)) {
        rows.add(edgeIndex, { upstream, downstream: output.key, jobNamespace, jobName })
      }
    }
  }
}
