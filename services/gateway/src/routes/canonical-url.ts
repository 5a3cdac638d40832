// Clients put the address together in their own ways: with a prefix, with slashes too many, with the path given twice.
const ingestPath = /^.*\/api\/v1\/(lineage|lineage\/batch|events|aliases)\/*$/

/** The URL with the path of the route that is meant; any other URL as it is. */
export function canonicalUrl(url: string): string {
  if (url === '/api/v1/lineage') return url
  const end = url.indexOf('?')
  const path = end < 0 ? url : url.slice(0, end)
  const route = ingestPath.exec(path.replace(/\/{2,}/g, '/'))?.[1]
  return route === undefined ? url : `/api/v1/${route}${end < 0 ? '' : url.slice(end)}`
}
