/** What OpenLineage calls a dataset by: https://openlineage.io/docs/spec/naming */
export type DatasetName = { readonly namespace: string; readonly name: string }
