import {
  assetKeyProblem,
  canonicalKey,
  type JsonProblem,
  keyPrefixProblem,
  keyWithoutSecrets,
  type PartitionRules,
  trimPartitions,
} from '@headwater/lineage'
import { assetEventDefaults, type HeadwaterEvent, uuidV7 } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import { gatewayVersion } from './gateway-version.ts'
import type { NamedAsset } from './named-asset.ts'

export type AliasRequest = {
  readonly key: NamedAsset
  readonly alias: NamedAsset
  /** Both are key prefixes: each key under the alias resolves to the same key under `key`. A bare scheme covers its keys without authority. */
  readonly authority?: boolean
}

/**
 * The event that adds or removes an alias, as a person declares it.
 * @param trim applied to OpenLineage names, as in OpenLineage events
 * @throws GatewayError INVALID_PARAMETER
 */
export function aliasEventOf(
  request: AliasRequest,
  change: 'ALIASED' | 'UNALIASED',
  now: number,
  trim: PartitionRules = [],
): HeadwaterEvent {
  const problemOfAlias = request.authority === true ? keyPrefixProblem : assetKeyProblem
  const key = keyOf('key', request.key, assetKeyProblem, trim)
  const alias = keyOf('alias', request.alias, problemOfAlias, trim)
  if (key === alias) throw invalidParameter('alias', `alias must differ from key; both are ${JSON.stringify(key)}`)
  return {
    type: 'AssetEvent',
    event: {
      ...assetEventDefaults,
      ...{ eventId: uuidV7(now), occurredAt: now, producer: gatewayVersion },
      ...{ key, alias, change, aliasSource: request.authority === true ? 'AUTHORITY' : 'DECLARED' },
    },
  }
}

function keyOf(
  parameter: 'key' | 'alias',
  asset: NamedAsset,
  problemOf: typeof assetKeyProblem,
  trim: PartitionRules,
): string {
  const key = keyWithoutSecrets(typeof asset === 'string' ? asset : trimPartitions(canonicalKey(asset), trim).key)
  const problem = problemOf(key)
  if (problem !== undefined) throw invalidParameter(parameter, problem)
  return key
}

function invalidParameter(parameter: string, detail: string): GatewayError {
  const errors: readonly JsonProblem[] = [{ pointer: `/${parameter}`, detail }]
  return new GatewayError('INVALID_PARAMETER', detail, { errors })
}
