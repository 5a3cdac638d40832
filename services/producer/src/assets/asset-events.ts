import { type AssetEvent, type FreshnessKind, type FreshnessPolicy, nothingSaidOfAsset } from '@headwater/schemas'
import type { Parts } from '../producer-context.ts'
import { producerVersion } from '../producer-version.ts'
import { type Check, checkResultOf } from '../runs/check-result.ts'
import { uuidV7 } from '../uuid-v7.ts'
import { type AssetDescription, type AssetLike, keyProblem, propertiesOf, toAsset } from './asset.ts'

/** How old the last success may be; times in milliseconds. */
export type Freshness = { readonly kind: FreshnessKind } & Partial<FreshnessPolicy>

/** What can be said of assets outside runs. An invalid key is a counted warning. */
export interface AssetEvents {
  /** Replaces name, description, url and owners whole. */
  describeAsset(asset: AssetLike, description: AssetDescription): void
  /** The asset exists no more; a later materialization brings it back. */
  dropAsset(asset: AssetLike): void
  renameAsset(asset: AssetLike, newKey: AssetLike): void
  /** Replaces the tags whole. */
  tag(asset: AssetLike, ...tags: readonly string[]): void
  /** Replaces the owners whole. */
  own(asset: AssetLike, ...owners: readonly string[]): void
  /** `other` is another key of the same asset. */
  alias(asset: AssetLike, other: AssetLike): void
  unalias(asset: AssetLike, other: AssetLike): void
  /** null removes the policy. */
  setFreshness(asset: AssetLike, policy: Freshness | null): void
  /** A data-quality result from outside the run that wrote the asset. */
  recordCheck(asset: AssetLike, check: Check, runId?: string): void
}

type Change = Pick<AssetEvent, 'change'> & Partial<AssetEvent>

export function createAssetEvents(parts: Parts): AssetEvents {
  const emit = createEmit(parts)
  return {
    describeAsset: (asset, description) =>
      emit([asset], () => ({
        change: 'DESCRIBED',
        properties: propertiesOf(description) ?? { name: null, description: null, url: null, owners: null },
      })),
    dropAsset: (asset) => emit([asset], () => ({ change: 'DROPPED' })),
    renameAsset: (asset, newKey) =>
      emit([asset, newKey], () => ({ change: 'RENAMED', renamedTo: toAsset(newKey).key })),
    tag: (asset, ...tags) => emit([asset], () => ({ change: 'TAGGED', tags })),
    own: (asset, ...owners) => emit([asset], () => ({ change: 'OWNED', owners })),
    alias: (asset, other) => emit([asset, other], () => ({ change: 'ALIASED', alias: toAsset(other).key })),
    unalias: (asset, other) => emit([asset, other], () => ({ change: 'UNALIASED', alias: toAsset(other).key })),
    setFreshness: (asset, policy) =>
      emit([asset], () => ({ change: 'POLICY_SET', policy: policy === null ? null : { ...noPolicy, ...policy } })),
    recordCheck: (asset, check, runId) =>
      valid(parts, [asset], () => {
        const subject = { key: toAsset(asset).key, runId: runId ?? null, jobNamespace: null, jobName: null }
        const event = { ...stampNow(parts), ...subject, check: checkResultOf(check) }
        parts.emit({ type: 'CheckEvent', event })
      }),
  }
}

const noPolicy = { warnAfterMs: null, errorAfterMs: null, cron: null, timeZone: null, graceMs: null }

function createEmit(parts: Parts) {
  return (assets: readonly [AssetLike, ...AssetLike[]], change: () => Change) =>
    valid(parts, assets, () => {
      const event = { ...stampNow(parts), key: toAsset(assets[0]).key, ...nothingSaidOfAsset, ...change() }
      parts.emit({ type: 'AssetEvent', event })
    })
}

function valid(parts: Parts, assets: readonly AssetLike[], work: () => void): void {
  parts.problems.guard('say something of an asset', () => {
    const problem = assets.map(keyProblem).find((found) => found !== undefined)
    if (problem === undefined) work()
    else parts.problems.report('INVALID_KEY', `Nothing was said of an asset. ${problem}`)
  })
}

function stampNow({ now }: Parts) {
  const at = now()
  return { eventId: uuidV7(at), occurredAt: at, producer: producerVersion }
}
