import type { ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { ExplicitLineage, LineageEntry } from '../facets/lineage/explicit-lineage.ts'
import type { DatasetFacts } from '../facts/dataset-facts.ts'
import { renamedFrom } from '../facts/renamed-from.ts'
import { columnLineageOf, mergedColumns, sourcesOf } from './column-lineage.ts'
import { type Edges, edgesOf, maxOwnInputs } from './edges.ts'
import { explicitColumns, explicitSources, jobSources } from './explicit-lineage.ts'

type JobName = { readonly namespace: string; readonly name: string }

/** The outputs that the event lists or a lineage facet names, with the upstreams of each. */
export function eventEdges(
  datasets: readonly DatasetFacts[],
  written: readonly DatasetFacts[],
  entries: readonly LineageEntry[],
  job: JobName,
  key: KeyOf,
): Edges {
  const listed = datasets.filter(({ isInput }) => isInput).map((dataset) => dataset.key)
  const ofJob = jobSources(entries, job, key)
  const inputs = [...new Set([...listed, ...(ofJob ?? [])])]
  const sources = (lineage: ExplicitLineage) => explicitSources(lineage, job, ofJob ?? listed, key)
  const explicit = sourcesByOutput(targetsOf(entries, written, key), sources)
  const sourcesByColumns = new Map(
    written.map((dataset) => [dataset.key, [...sourcesOf(dataset.columns), ...renamedFrom(dataset, key)]]),
  )
  const outputs = [...new Set([...sourcesByColumns.keys(), ...explicit.keys()])].map((output) => ({
    key: output,
    columns: [...new Set(sourcesByColumns.get(output))],
    explicit: explicit.get(output) ?? null,
  }))
  return edgesOf(inputs, outputs)
}

type Target = { readonly output: string; readonly lineage: ExplicitLineage }

/** The outputs with explicit lineage: from an entry in a lineage facet of job or run, or from their own facet. */
function targetsOf(entries: readonly LineageEntry[], written: readonly DatasetFacts[], key: KeyOf): readonly Target[] {
  const byEntries = entries.flatMap((entry) => {
    const { kind, namespace, name } = entry.target
    if (kind !== 'dataset' || namespace === undefined || name === undefined) return []
    return [{ output: key({ namespace, name }).key, lineage: entry }]
  })
  const byOutputs = written.flatMap(({ key: output, lineage }) => (lineage === undefined ? [] : [{ output, lineage }]))
  return [...byEntries, ...byOutputs]
}

/** The explicit upstreams of each output; null for all outputs when together they are more than an event can hold. */
function sourcesByOutput(
  targets: readonly Target[],
  sourcesOf: (lineage: ExplicitLineage) => readonly string[] | null,
): ReadonlyMap<string, readonly string[] | null> {
  const explicit = new Map<string, Set<string>>()
  let total = 0
  for (const { output, lineage } of targets) {
    const sources = sourcesOf(lineage)
    if (sources === null) continue
    total += sources.length
    if (total > maxOwnInputs) return new Map(targets.map((target) => [target.output, null]))
    const known = explicit.get(output)
    if (known === undefined) explicit.set(output, new Set(sources))
    else for (const source of sources) known.add(source)
  }
  return new Map([...explicit].map(([output, sources]) => [output, [...sources]]))
}

/** Column lineage in the lineage facets of job and run, by output. */
export function columnsFromEntries(entries: readonly LineageEntry[], key: KeyOf) {
  const columns = new Map<string, ColumnLineage[][]>()
  for (const { output, lineage } of targetsOf(entries, [], key)) {
    const found = [...columnLineageOf(explicitColumns(lineage), key)]
    if (found.length > 0) columns.set(output, [...(columns.get(output) ?? []), found])
  }
  return new Map([...columns].map(([output, found]) => [output, mergedColumns(found)]))
}
