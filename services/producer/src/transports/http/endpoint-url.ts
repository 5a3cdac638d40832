/**
 * The URL of `path` below `url`, which may have a prefix, a trailing slash, or already end with `path`.
 * @returns undefined for a URL that is not http(s), and for one with a user name or password
 */
export function endpointUrl(url: string, path: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return undefined
  if (parsed.username !== '' || parsed.password !== '') return undefined
  const prefix = parsed.pathname.replace(/\/+$/, '')
  const wanted = `/${path.replace(/^\/+|\/+$/g, '')}`
  parsed.pathname = prefix.endsWith(wanted) ? prefix : `${prefix}${wanted}`
  parsed.hash = ''
  return parsed
}
