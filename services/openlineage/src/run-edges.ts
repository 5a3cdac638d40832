import { columnLineageOf } from './column-lineage-of.ts'
import type { KeyOf } from './dataset-key.ts'
import type { DatasetSaid } from './dataset-said.ts'
import { type Edges, edgesOf } from './edges.ts'
import type { LineageEntry } from './facets/lineage.ts'
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
  const stated = new Map<string, readonly string[]>()
  const add = (output: string, sources: readonly string[] | null) => {
    if (sources !== null) stated.set(output, [...new Set([...(stated.get(output) ?? []), ...sources])])
  }
  for (const entry of entries) {
    const { kind, namespace, name } = entry.target
    if (kind !== 'dataset' || namespace === undefined || name === undefined) continue
    add(key({ namespace, name }).key, statedSources(entry, job, ofJob ?? listed, key))
  }
  for (const { key: output, lineage } of written) {
    if (lineage !== undefined) add(output, statedSources(lineage, job, ofJob ?? listed, key))
  }
  const columns = new Map(written.map((dataset) => [dataset.key, dataset.columns]))
  const outputs = [...new Set([...columns.keys(), ...stated.keys()])].map((output) => ({
    key: output,
    columns: [...new Set((columns.get(output) ?? []).flatMap((column) => column.inputs.map((input) => input.key)))],
    stated: stated.get(output) ?? null,
  }))
  return edgesOf(inputs, outputs)
}

/** Column lineage that the lineage facets of job and run tell, by output. */
export function entryColumns(entries: readonly LineageEntry[], key: KeyOf) {
  return new Map(
    entries.flatMap((entry) => {
      const { kind, namespace, name } = entry.target
      if (kind !== 'dataset' || namespace === undefined || name === undefined) return []
      const columns = columnLineageOf(statedColumns(entry), key)
      return columns.length === 0 ? [] : [[key({ namespace, name }).key, columns] as const]
    }),
  )
}
