import { metadataOf, parsed } from './asset-card.ts'
import type { JobKey, RunState } from './asset-catalog.ts'
import { compare } from './compare.ts'
import { type JobCard, runStates } from './contract.ts'
import type { JobFactRow } from './queries/job-facts.ts'
import type { JobRunsRow } from './queries/job-runs-by-state.ts'
import { placeOfRun } from './slice.ts'

const shownOutputs = 1_000

/** @param inputsOf members of an input set */
export function jobCardOf(
  job: JobKey,
  facts: readonly JobFactRow[],
  runs: readonly JobRunsRow[],
  expired: ReadonlyMap<RunState, number>,
  inputsOf: (setId: string) => readonly string[],
): Omit<JobCard, 'position' | 'lagMs'> {
  const latest = <T>(facet: string) => parsed<T>(facts.find((row) => row.facet === facet)?.value)
  const ordered = runs.toSorted((a, b) => placeOfRun(b).at - placeOfRun(a).at || compare(b.runId, a.runId))
  const success = runs.find(({ state }) => state === 'SUCCEEDED')
  const outputs = [...new Set(runs.flatMap((row) => row.outputs))].sort()
  return {
    ...{ jobNamespace: job.jobNamespace, jobName: job.jobName },
    jobType: latest<string>('type') ?? ordered[0]?.jobType ?? null,
    description: latest<string>('description') ?? null,
    owners: latest<string[]>('owners') ?? [],
    tags: latest<string[]>('tags') ?? [],
    metadata: metadataOf(facts),
    runs: Object.fromEntries(
      runStates.map((state) => [
        state,
        (runs.find((row) => row.state === state)?.count ?? 0) + (expired.get(state) ?? 0),
      ]),
    ) as JobCard['runs'],
    lastRuns: ordered.map(({ jobType: _, count: __, inputSets: ___, outputs: ____, ...outcome }) => outcome),
    outputs: outputs.slice(0, shownOutputs),
    outputCount: outputs.length,
    inputs: [...new Set(success?.inputSets.flatMap(inputsOf))].sort(),
    declared: declaredBy(latest<JobCard['declared']>('lineage') ?? []),
  }
}

/** By output, what is said of one in several places together. */
function declaredBy(lineage: JobCard['declared']): JobCard['declared'] {
  const outputs = new Map<string, string[]>()
  for (const { output, inputs } of lineage) outputs.set(output, [...(outputs.get(output) ?? []), ...inputs])
  return [...outputs]
    .map(([output, inputs]) => ({ output, inputs: [...new Set(inputs)].sort() }))
    .sort((a, b) => compare(a.output, b.output))
}
