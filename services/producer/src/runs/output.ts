import type { CheckResult, Column, ColumnLineage, OutputAsset } from '@headwater/schemas'
import type { Asset } from '../assets/asset.ts'

/** What a run has said so far of one asset that it writes. */
export type Output = {
  readonly asset: Asset
  /** Its own inputs; null until something says what they are. */
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
