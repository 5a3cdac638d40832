import { readText } from '@headwater/http/read-text'

/** A provider has a few keys; each answer is kept in memory and searched for each token. */
const [maxBytes, maxKeys] = [1 << 20, 100]

/**
 * Requests a set of signing keys, for jose's `customFetch`. Redirects are not followed: keys of another address than the configured one
 * would decide who is trusted. The size is counted after decompression, and `request.signal` bounds the time until the body is complete.
 * @throws Error that says what is wrong with the answer
 */
export async function fetchSigningKeys(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...request, redirect: 'manual' })
  const problem = problemOf(response, url)
  if (problem !== undefined) {
    await response.body?.cancel().catch(() => undefined)
    throw new Error(problem)
  }
  const text = await readText(response, maxBytes)
  const keys = keysIn(text)
  if (keys === undefined) throw new Error('the answer is not a JSON Web Key Set: {"keys": [...]}')
  if (keys.length > maxKeys) throw new Error(`the answer has ${keys.length} keys; at most ${maxKeys} are accepted`)
  return new Response(text)
}

function problemOf({ status, headers }: Response, url: string): string | undefined {
  if (status === 200) return undefined
  const location = headers.get('location')
  if (status < 300 || status >= 400 || location === null) return `the provider answers ${status}`
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined
  const shown = target === undefined ? 'an invalid address' : `${target.origin}${target.pathname}`.slice(0, 200)
  return `the provider answers ${status} with a redirect to ${shown}, which is not followed; set AUTH_JWKS_URL to the final address`
}

function keysIn(text: string): readonly unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown }
    return Array.isArray(keys) ? keys : undefined
  } catch {
    return undefined
  }
}
