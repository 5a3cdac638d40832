import type { CheckResult, Column, ColumnLineage, OutputAsset } from '@headwater/schemas'
import type { Asset } from '../assets/asset.ts'

/** What a run has reported so far about one of its outputs. */
export type Output = {
  readonly asset: Asset
  /** Its own inputs; null while it comes from all inputs of the run. */
  from: Set<string> | null
  readonly metadata: Map<string, string>
  readonly metrics: Map<string, number>
  schema: readonly Column[] | null
  readonly columnLineage: ColumnLineage[]
  readonly checks: CheckResult[]
}

export function outputOf(asset: Asset): Output {
  return { asset, from: null, metadata: new Map(), metrics: new Map(), schema: null, columnLineage: [], checks: [] }
}

export function outputAsset(output: Output): OutputAsset {
  return {
    key: output.asset.key,
    inputs: output.from === null ? null : [...output.from],
    properties: output.asset.properties,
    metadata: Object.fromEntries(output.metadata),
    metrics: Object.fromEntries(output.metrics),
    schema: output.schema,
    columnLineage: [...output.columnLineage],
    checks: [...output.checks],
  }
}
