import { prefectKeyProblem } from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'

/** Descriptive properties of an asset. */
export type AssetDescription = {
  /** Display name. */
  readonly name?: string
  /** Markdown. */
  readonly description?: string
  /** Where a person can open the asset. */
  readonly url?: string
  /** People or teams. */
  readonly owners?: readonly string[]
}

export type AssetOptions = AssetDescription & {
  /** The upstreams of this asset alone, where it is an output. Default: all inputs of the run. */
  readonly from?: readonly AssetLike[]
}

/** An asset, or its key. */
export type AssetLike = string | Asset

/** An asset as declared by `asset()`. `keyProblem` validates its key. */
export class Asset {
  readonly key: string
  /** Sent complete with every materialization; null leaves the recorded properties unchanged. */
  readonly properties: AssetProperties | null
  readonly from: readonly AssetLike[] | null

  constructor(key: string, options: AssetOptions = {}) {
    this.key = key
    this.properties = propertiesOf(options)
    this.from = options.from ?? null
  }

  toString(): string {
    return this.key
  }
}

export function toAsset(like: AssetLike): Asset {
  return like instanceof Asset ? like : new Asset(like)
}

/** Why `like` is not a valid asset, as a sentence; undefined for a valid one. */
export function keyProblem(like: unknown): string | undefined {
  const key = like instanceof Asset ? like.key : like
  return typeof key === 'string' ? prefectKeyProblem(key) : `An asset key must be a string, not ${kindOf(key)}`
}

/** @throws RangeError with the sentence of `keyProblem` */
export function checkedAsset(like: AssetLike): Asset {
  const problem = keyProblem(like)
  if (problem !== undefined) throw new RangeError(problem)
  const asset = toAsset(like)
  asset.from?.forEach(checkedAsset)
  return asset
}

export function propertiesOf({ name, description, url, owners }: AssetDescription): AssetProperties | null {
  if (name === undefined && description === undefined && url === undefined && owners === undefined) return null
  return { name: name ?? null, description: description ?? null, url: url ?? null, owners: owners ?? null }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : typeof value
}
