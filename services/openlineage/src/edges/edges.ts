/** What is known about the upstreams of one output. */
export type OutputSources = {
  readonly key: string
  /** The upstreams in its column lineage. */
  readonly columns: readonly string[]
  /** The upstreams in its explicit lineage: empty for none, null without explicit lineage. */
  readonly explicit: readonly string[] | null
}

export type Edges = {
  readonly inputs: readonly string[]
  /** `inputs` is null where the output comes from all inputs of the run. */
  readonly outputs: readonly { readonly key: string; readonly inputs: readonly string[] | null }[]
}

/** Own inputs of all outputs of an event together: with more, the event would not fit into a record of the log. */
export const maxOwnInputs = 100_000

/**
 * Chooses the upstreams of each output. With all inputs of the run, a job with 20 inputs and 20 outputs would have 400 edges, so better
 * evidence goes first: explicit lineage; then column lineage together with the inputs that no column lineage names (a lookup, a filter);
 * then all inputs.
 */
export function edgesOf(listed: readonly string[], outputs: readonly OutputSources[]): Edges {
  const [first] = outputs
  if (first !== undefined && outputs.length === 1) {
    return {
      inputs: first.explicit === null ? unique([...listed, ...first.columns]) : unique(listed),
      outputs: [{ key: first.key, inputs: first.explicit }],
    }
  }
  const named = new Set(outputs.flatMap(({ columns }) => columns))
  const shared = listed.filter((key) => !named.has(key))
  const narrowed = outputs.filter(({ columns, explicit }) => explicit === null && columns.length > 0)
  const total = narrowed.reduce((sum, { columns }) => sum + columns.length + shared.length, 0)
  if (total > maxOwnInputs) {
    const all = outputs.map(({ key, explicit }) => ({ key, inputs: explicit }))
    return { inputs: unique([...listed, ...named]), outputs: all }
  }
  return {
    inputs: unique(listed),
    outputs: outputs.map(({ key, columns, explicit }) => ({
      key,
      inputs: explicit ?? (columns.length === 0 ? null : unique([...columns, ...shared])),
    })),
  }
}

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)]
