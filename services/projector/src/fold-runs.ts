import { foldRun, type InputSetId, type RunFact, type RunIdentity } from '@headwater/lineage'
import type { RowCollector } from './table.ts'
import { edgeIndex, materializations, runs } from './tables.ts'

/** All known facts of one run. */
export type FactsOfRun = { readonly identity: RunIdentity; readonly facts: readonly RunFact[] }

export interface EdgeIndexing {
  /** Members of an input set that the facts name. */
  inputsOf(setId: InputSetId): readonly string[] | undefined
  /** True when the edges of these inputs into the output, through the job, are in the index already. */
  isIndexed(output: string, setId: InputSetId, job: RunIdentity): boolean
}

/** Adds the rows of one run as far as these facts tell; a row from more facts replaces it. */
export function addRun({ identity, facts }: FactsOfRun, index: EdgeIndexing, rows: RowCollector): void {
  const { jobNamespace, jobName } = identity
  const run = foldRun(facts)
  rows.add(runs, { identity, run })
  for (const output of run.outputs) {
    rows.add(materializations, { identity, run, output })
    // Own inputs narrow the run's inputs, and which events state them may be known only later: the index takes both.
    const sets = output.explicit ? [...run.inputSets, ...output.inputSets] : output.inputSets
    for (const setId of sets) {
      if (index.isIndexed(output.key, setId, identity)) continue
      const inputs = index.inputsOf(setId)
      if (inputs === undefined) throw new Error(`Input set ${setId} is named by an event and stored nowhere`)
      for (const upstream of inputs) {
        rows.add(edgeIndex, { upstream, downstream: output.key, jobNamespace, jobName })
      }
    }
  }
}
