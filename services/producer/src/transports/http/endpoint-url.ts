/**
 * Where `path` is on the server of `url`, given as people give it: with or without a trailing slash, with a prefix, or
 * whole. @returns undefined when `url` is no http URL, or has a password, which belongs elsewhere
 */
export function endpointUrl(url: string, path: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return undefined
  if (parsed.username !== '' || parsed.password !== '') return undefined
  const before = parsed.pathname.replace(/\/+$/, '')
  const wanted = `/${path.replace(/^\/+|\/+$/g, '')}`
  parsed.pathname = before.endsWith(wanted) ? before : `${before}${wanted}`
  parsed.hash = ''
  return parsed
}
