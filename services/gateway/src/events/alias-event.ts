import {
  assetKeyProblem,
  canonicalKey,
  type JsonProblem,
  keyBeginningProblem,
  type PartitionRules,
  trimPartitions,
} from '@headwater/lineage'
import { type HeadwaterEvent, nothingSaidOfAsset, uuidV7 } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import { gatewayVersion } from './gateway-version.ts'

/** An asset as requests name it: by its key, or by namespace and name as OpenLineage does. */
export type NamedAsset = string | { readonly namespace: string; readonly name: string }

export type AliasRequest = {
  readonly key: NamedAsset
  readonly alias: NamedAsset
  /** The two are beginnings of keys: every key under the alias means the one under `key`; of a scheme alone, those without authority. */
  readonly authority?: boolean
}

/**
 * The event that makes, or takes back, an alias that a person declares.
 * @param trim of what OpenLineage calls the assets, as of its events
 * @throws GatewayError INVALID_PARAMETER
 */
export function aliasEventOf(
  request: AliasRequest,
  change: 'ALIASED' | 'UNALIASED',
  now: number,
  trim: PartitionRules = [],
): HeadwaterEvent {
  const problemOfAlias = request.authority === true ? keyBeginningProblem : assetKeyProblem
  const key = keyOf('key', request.key, assetKeyProblem, trim)
  const alias = keyOf('alias', request.alias, problemOfAlias, trim)
  if (key === alias) throw invalidParameter('alias', `An asset is no alias of itself: ${JSON.stringify(key)}`)
  return {
    type: 'AssetEvent',
    event: {
      ...nothingSaidOfAsset,
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
  const key = typeof asset === 'string' ? asset : trimPartitions(canonicalKey(asset), trim).key
  const problem = problemOf(key)
  if (problem !== undefined) throw invalidParameter(parameter, problem)
  return key
}

function invalidParameter(parameter: string, detail: string): GatewayError {
  const errors: readonly JsonProblem[] = [{ pointer: `/${parameter}`, detail }]
  return new GatewayError('INVALID_PARAMETER', detail, { errors })
}
