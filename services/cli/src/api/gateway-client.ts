import { readText } from '@headwater/http/read-text'
import { CliError } from '../cli-error.ts'
import { startHint } from '../config.ts'
import { problemError } from './problem-error.ts'

export type GatewayAccess = { readonly baseUrl: string; readonly apiKey: string | undefined }

/** An alias of an asset key, or with `authority` a prefix that stands for another. */
export type Alias = { readonly key: string; readonly alias: string; readonly authority: boolean }

const timeoutMs = 10_000
const maxProblemBytes = 1 << 20

/** @returns the position from which the alias exists. @throws CliError */
export function addAlias(gateway: GatewayAccess, alias: Alias): Promise<string> {
  return changeAliases(gateway, 'POST', '', JSON.stringify(alias))
}

/** @returns the position from which the alias no longer exists. @throws CliError */
export function removeAlias(gateway: GatewayAccess, { key, alias, authority }: Alias): Promise<string> {
  const query = new URLSearchParams({ key, alias, authority: String(authority) })
  return changeAliases(gateway, 'DELETE', `?${query}`, null)
}

async function changeAliases(
  { baseUrl, apiKey }: GatewayAccess,
  method: string,
  query: string,
  body: string | null,
): Promise<string> {
  const headers = {
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(body === null ? {} : { 'content-type': 'application/json' }),
  }
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await fetch(`${baseUrl}/api/v1/aliases${query}`, { method, headers, body, signal }).catch(
    (cause: Error & { cause?: { code?: string } }) => {
      const reason = cause.cause?.code ?? cause.message
      const remedy = `${startHint}, or set --gateway or GATEWAY_URL`
      throw new CliError('NOT_REACHABLE', `The gateway at ${baseUrl} does not answer (${reason}). ${remedy}`, { cause })
    },
  )
  if (!response.ok) {
    const text = await readText(response, maxProblemBytes).catch(() => '')
    throw problemError(response.status, text, apiKey !== undefined, 'admin')
  }
  return response.headers.get('headwater-position') ?? ''
}
