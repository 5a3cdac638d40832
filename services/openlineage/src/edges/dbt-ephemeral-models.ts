import type { KeyOf } from '../dataset-key.ts'
import type { OpenLineageDataset } from '../open-lineage-event.ts'

const prefix = '__dbt__cte__'

/**
 * Keys as `key` gives them, except for dbt's common table expressions: in SQL, `__dbt__cte__<model>` stands for an ephemeral model, and
 * dbt's column lineage names it like a table. It resolves to the input with the name of the model.
 */
export function withEphemeralModels(inputs: readonly OpenLineageDataset[], key: KeyOf): KeyOf {
  return (dataset) => {
    const model = modelOf(dataset.name)
    if (model === undefined) return key(dataset)
    const named = inputs.find(({ namespace, name }) => namespace === dataset.namespace && isCalled(name, model))
    return key(named ?? dataset)
  }
}

function modelOf(name: string): string | undefined {
  const start = name.lastIndexOf('.') + 1
  return name.startsWith(prefix, start) ? name.slice(start + prefix.length).toLowerCase() : undefined
}

const isCalled = (name: string, model: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase() === model
