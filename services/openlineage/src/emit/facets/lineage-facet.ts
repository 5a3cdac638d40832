import { datasetOf } from '../dataset-of.ts'

/** Assets that another is made of, said outright: none means it has no upstream. */
export function lineageFacet(keys: readonly string[]): { readonly inputs: readonly object[] } {
  return { inputs: keys.map((key) => ({ ...datasetOf(key), type: 'DATASET' })) }
}
