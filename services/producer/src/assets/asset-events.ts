import {
  type AssetEvent,
  assetEventDefaults,
  type FreshnessKind,
  type FreshnessPolicy,
  uuidV7,
} from '@headwater/schemas'
import type { ProducerContext } from '../producer-context.ts'
import { producerVersion } from '../producer-version.ts'
import { type Check, checkResultOf } from '../runs/check-result.ts'
import { type AssetDescription, type AssetLike, keyProblem, propertiesOf, toAsset } from './asset.ts'

/** A freshness policy: how old the last success may be. Times in milliseconds. */
export type Freshness = { readonly kind: FreshnessKind } & Partial<FreshnessPolicy>

/** Functions that report on assets outside of runs. An invalid key gives a warning and no event. */
export interface AssetEvents {
  /**
   * Replaces name, description, url and owners; what is left out becomes unknown.
   * @example
   * describeAsset('postgres://shop/db/public/orders', { description: 'One row per order', owners: ['team:sales'] })
   */
  describeAsset(asset: AssetLike, description: AssetDescription): void
  /**
   * Reports that the asset was dropped. A later materialization brings it back.
   * @example
   * dropAsset('s3://lake/tmp/orders')
   */
  dropAsset(asset: AssetLike): void
  /**
   * Reports that the asset has a new key. Its history stays with it.
   * @example
   * renameAsset('s3://lake/orders', 's3://lake/sales/orders')
   */
  renameAsset(asset: AssetLike, newKey: AssetLike): void
  /**
   * Replaces all tags.
   * @example
   * tag('postgres://shop/db/public/users', 'pii', 'level:gold')
   */
  tag(asset: AssetLike, ...tags: readonly string[]): void
  /**
   * Replaces all owners.
   * @example
   * own('postgres://shop/db/public/orders', 'team:sales', 'user:jo')
   */
  own(asset: AssetLike, ...owners: readonly string[]): void
  /**
   * Adds an alias: `other` is another key of the same asset.
   * @example
   * alias('postgres://shop/db/public/orders', 'postgres://replica/db/public/orders')
   */
  alias(asset: AssetLike, other: AssetLike): void
  /**
   * Removes an alias.
   * @example
   * unalias('postgres://shop/db/public/orders', 'postgres://replica/db/public/orders')
   */
  unalias(asset: AssetLike, other: AssetLike): void
  /**
   * Sets the freshness policy; null removes it.
   * @example
   * setFreshness('postgres://shop/db/public/orders', { kind: 'MAX_AGE', warnAfterMs: 3_600_000, errorAfterMs: 86_400_000 })
   */
  setFreshness(asset: AssetLike, policy: Freshness | null): void
  /**
   * Reports the result of a check from outside of the run that wrote the asset. `runId` is the run that checked it, if any.
   * @example
   * recordCheck('postgres://shop/db/public/orders', { name: 'no empty day', passed: true })
   */
  recordCheck(asset: AssetLike, check: Check, runId?: string): void
}

type Change = Pick<AssetEvent, 'change'> & Partial<AssetEvent>

export function createAssetEvents(producer: ProducerContext): AssetEvents {
  const emit = createEmit(producer)
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
      ifValid(producer, [asset], () => {
        const subject = { key: toAsset(asset).key, runId: runId ?? null, jobNamespace: null, jobName: null }
        const event = { ...stampNow(producer), ...subject, check: checkResultOf(check) }
        producer.emit({ type: 'CheckEvent', event })
      }),
  }
}

const noPolicy = { warnAfterMs: null, errorAfterMs: null, cron: null, timeZone: null, graceMs: null }

function createEmit(producer: ProducerContext) {
  return (assets: readonly [AssetLike, ...AssetLike[]], change: () => Change) =>
    ifValid(producer, assets, () => {
      const event = { ...stampNow(producer), key: toAsset(assets[0]).key, ...assetEventDefaults, ...change() }
      producer.emit({ type: 'AssetEvent', event })
    })
}

function ifValid(producer: ProducerContext, assets: readonly AssetLike[], work: () => void): void {
  producer.problems.guard('send an asset event', () => {
    const problem = assets.map(keyProblem).find((found) => found !== undefined)
    if (problem === undefined) work()
    else producer.problems.report('INVALID_KEY', `An asset event was left out. ${problem}`)
  })
}

function stampNow({ now }: ProducerContext) {
  const at = now()
  return { eventId: uuidV7(at), occurredAt: at, producer: producerVersion }
}
