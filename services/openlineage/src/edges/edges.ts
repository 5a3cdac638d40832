export type OutputSources = {
  readonly key: string
  /** The assets that its column lineage names. */
  readonly columns: readonly string[]
  /** The assets it is explicitly said to be made of, if that is said; none at all included. */
  readonly stated: readonly string[] | null
}

export type Edges = {
  readonly inputs: readonly string[]
  /** With own inputs where they are fewer than the run's. */
  readonly outputs: readonly { readonly key: string; readonly inputs: readonly string[] | null }[]
}

/** Of all outputs of an event together: more would be no event that a broker takes. */
export const maxOwnInputs = 100_000

/**
 * What each output is made of. Every input of a run would make 400 edges of a job with 20 inputs and 20 outputs, so what is known better
 * counts: explicit lineage, then column lineage together with the inputs that no output's columns name (a lookup, a filter), then all.
 */
export function edgesOf(listed: readonly string[], outputs: readonly OutputSources[]): Edges {
  const [first] = outputs
  if (first !== undefined && outputs.length === 1) {
    return {
      inputs: first.stated === null ? unique([...listed, ...first.columns]) : unique(listed),
      outputs: [{ key: first.key, inputs: first.stated }],
    }
  }
  const named = new Set(outputs.flatMap(({ columns }) => columns))
  const shared = listed.filter((key) => !named.has(key))
  const narrowed = outputs.filter(({ columns, stated }) => stated === null && columns.length > 0)
  const total = narrowed.reduce((sum, { columns }) => sum + columns.length + shared.length, 0)
  if (total > maxOwnInputs) {
    const all = outputs.map(({ key, stated }) => ({ key, inputs: stated }))
    return { inputs: unique([...listed, ...named]), outputs: all }
  }
  return {
    inputs: unique(listed),
    outputs: outputs.map(({ key, columns, stated }) => ({
      key,
      inputs: stated ?? (columns.length === 0 ? null : unique([...columns, ...shared])),
    })),
  }
}

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)]
