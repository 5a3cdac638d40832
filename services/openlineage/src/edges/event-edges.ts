import type { ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { LineageEntry, StatedLineage } from '../facets/lineage/stated-lineage.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import { previousOf } from '../facts/renamed-from.ts'
import { columnLineageOf, mergedColumns, sourcesOf } from './column-lineage.ts'
import { type Edges, edgesOf, maxOwnInputs } from './edges.ts'
import { jobSources, statedColumns, statedSources } from './stated-lineage.ts'

type JobName = { readonly namespace: string; readonly name: string }

/** The outputs that the event lists or a lineage facet names, and what each is made of. */
export function edgesSaid(
  datasets: readonly DatasetSaid[],
  written: readonly DatasetSaid[],
  entries: readonly LineageEntry[],
  job: JobName,
  key: KeyOf,
): Edges {
  const listed = datasets.filter(({ isInput }) => isInput).map((dataset) => dataset.key)
  const ofJob = jobSources(entries, job, key)
  const inputs = [...new Set([...listed, ...(ofJob ?? [])])]
  const sources = (lineage: StatedLineage) => statedSources(lineage, job, ofJob ?? listed, key)
  const stated = sourcesByOutput(targetsOf(entries, written, key), sources)
  const sourcesByColumns = new Map(
    written.map((said) => [said.key, [...sourcesOf(said.columns), ...previousOf(said, key)]]),
  )
  const outputs = [...new Set([...sourcesByColumns.keys(), ...stated.keys()])].map((output) => ({
    key: output,
    columns: [...new Set(sourcesByColumns.get(output))],
    stated: stated.get(output) ?? null,
  }))
  return edgesOf(inputs, outputs)
}

type Target = { readonly output: string; readonly lineage: StatedLineage }

/** Each output that lineage is stated of: by an entry of job and run, or by itself. */
function targetsOf(entries: readonly LineageEntry[], written: readonly DatasetSaid[], key: KeyOf): readonly Target[] {
  const byEntries = entries.flatMap((entry) => {
    const { kind, namespace, name } = entry.target
    if (kind !== 'dataset' || namespace === undefined || name === undefined) return []
    return [{ output: key({ namespace, name }).key, lineage: entry }]
  })
  const byOutputs = written.flatMap(({ key: output, lineage }) => (lineage === undefined ? [] : [{ output, lineage }]))
  return [...byEntries, ...byOutputs]
}

/** What each output is said to be made of; null for all when that is more than an event can hold. */
function sourcesByOutput(
  targets: readonly Target[],
  sourcesOf: (lineage: StatedLineage) => readonly string[] | null,
): ReadonlyMap<string, readonly string[] | null> {
  const stated = new Map<string, Set<string>>()
  let total = 0
  for (const { output, lineage } of targets) {
    const sources = sourcesOf(lineage)
    if (sources === null) continue
    total += sources.length
    if (total > maxOwnInputs) return new Map(targets.map((target) => [target.output, null]))
    const known = stated.get(output)
    if (known === undefined) stated.set(output, new Set(sources))
    else for (const source of sources) known.add(source)
  }
  return new Map([...stated].map(([output, sources]) => [output, [...sources]]))
}

/** Column lineage that the lineage facets of job and run tell, by output. */
export function entryColumns(entries: readonly LineageEntry[], key: KeyOf) {
  const columns = new Map<string, ColumnLineage[][]>()
  for (const { output, lineage } of targetsOf(entries, [], key)) {
    const found = [...columnLineageOf(statedColumns(lineage), key)]
    if (found.length > 0) columns.set(output, [...(columns.get(output) ?? []), found])
  }
  return new Map([...columns].map(([output, found]) => [output, mergedColumns(found)]))
}
