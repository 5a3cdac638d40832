import { platformOf } from '../asset-key.ts'

// Until the canonical keys of all platforms are here.

const pathPlatforms = new Set(['s3', 'gs', 'abfss', 'wasbs', 'hdfs', 'file', 'dbfs'])

/** True for keys of files and folders, which tables may lie in. */
export const isPathPlatform = (key: string): boolean => pathPlatforms.has(platformOf(key))

/** The key of what OpenLineage calls `name` in `namespace`. */
export function canonicalKey({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  const authority = namespace.includes('://') ? namespace : `${namespace}://`
  const path = isPathPlatform(authority) ? name.replace(/^\/+/, '') : name.replaceAll('.', '/')
  return authority.endsWith('/') ? authority + path : `${authority}/${path}`
}
