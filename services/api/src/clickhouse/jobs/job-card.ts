import { compare } from '../../answers/compare.ts'
import type { JobKey, RunState } from '../../catalog/asset-catalog.ts'
import { type JobCard, runStates } from '../../contract/index.ts'
import { metadataOf, parsed } from '../assets/asset-card.ts'
import { placeOfRun } from '../page-of-rows.ts'
import type { JobFactRow } from './job-facts.ts'
import type { JobRunsRow } from './job-runs-by-state.ts'

const shownOutputs = 1_000

/** Which assets keys mean. */
export type JobCardKeys = {
  /** Canonical keys of the members of an input set. */
  readonly inputsOf: (setId: string) => readonly string[]
  readonly canonical: (key: string) => string
}

export function jobCardOf(
  job: JobKey,
  facts: readonly JobFactRow[],
  runs: readonly JobRunsRow[],
  expired: ReadonlyMap<RunState, number>,
  { inputsOf, canonical }: JobCardKeys,
): Omit<JobCard, 'position' | 'lagMs'> {
  const latest = <T>(facet: string) => parsed<T>(facts.find((row) => row.facet === facet)?.value)
  const ordered = runs.toSorted((a, b) => placeOfRun(b).at - placeOfRun(a).at || compare(b.runId, a.runId))
  const success = runs.find(({ state }) => state === 'SUCCEEDED')
  const outputs = [...new Set(runs.flatMap((row) => row.outputs.map(canonical)))].sort()
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
    declared: declaredBy(latest<JobCard['declared']>('lineage') ?? [], canonical),
  }
}

/** By output, what is said of one in several places together. */
function declaredBy(lineage: JobCard['declared'], canonical: JobCardKeys['canonical']): JobCard['declared'] {
  const outputs = new Map<string, string[]>()
  for (const { output, inputs } of lineage) {
    const asset = canonical(output)
    outputs.set(asset, [...(outputs.get(asset) ?? []), ...inputs.map(canonical)])
  }
  return [...outputs]
    .map(([output, inputs]) => ({ output, inputs: [...new Set(inputs)].sort() }))
    .sort((a, b) => compare(a.output, b.output))
}
