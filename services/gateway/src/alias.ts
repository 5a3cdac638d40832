import { assetKeyProblem, canonicalKey, type JsonProblem, keyBeginningProblem } from '@headwater/lineage'
import { type HeadwaterEvent, nothingSaidOfAsset, uuidV7 } from '@headwater/schemas'
import { GatewayError } from './errors.ts'
import { gatewayVersion } from './gateway-version.ts'

/** An asset as requests name it: by its key, or by namespace and name as OpenLineage does. */
export type NamedAsset = string | { readonly namespace: string; readonly name: string }

export type AliasRequest = {
  readonly key: NamedAsset
  readonly alias: NamedAsset
  /** The two are beginnings of keys: every key under the alias means the one under `key`; of a scheme alone, those without authority. */
  readonly authority?: boolean
}

/** The event that makes, or takes back, an alias that a person declares. @throws GatewayError INVALID_PARAMETER */
export function aliasEventOf(request: AliasRequest, change: 'ALIASED' | 'UNALIASED', now: number): HeadwaterEvent {
  const key = keyOf('key', request.key)
  const alias = keyOf('alias', request.alias, request.authority === true ? keyBeginningProblem : assetKeyProblem)
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

function keyOf(parameter: 'key' | 'alias', asset: NamedAsset, problemOf = assetKeyProblem): string {
  const key = typeof asset === 'string' ? asset : canonicalKey(asset)
  const problem = problemOf(key)
  if (problem !== undefined) throw invalidParameter(parameter, problem)
  return key
}

function invalidParameter(parameter: string, detail: string): GatewayError {
  const errors: readonly JsonProblem[] = [{ pointer: `/${parameter}`, detail }]
  return new GatewayError('INVALID_PARAMETER', detail, { errors })
}
