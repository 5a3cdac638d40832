// Clients build the URL in different ways: with a prefix, with repeated slashes, or with the path twice.
const ingestPath = /^.*\/api\/v1\/(lineage|lineage\/batch|events|aliases)\/*$/

/** Rewrites the URL of an ingest request to the path of its route; returns any other URL unchanged. */
export function canonicalUrl(url: string): string {
  if (url === '/api/v1/lineage') return url
  const end = url.indexOf('?')
  const path = end < 0 ? url : url.slice(0, end)
  const route = ingestPath.exec(path.replace(/\/{2,}/g, '/'))?.[1]
  return route === undefined ? url : `/api/v1/${route}${end < 0 ? '' : url.slice(end)}`
}
