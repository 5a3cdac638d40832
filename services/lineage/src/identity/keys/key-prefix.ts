import { canonicalKey } from './canonical-key.ts'
import { datasetNameOf } from './dataset-name.ts'
import { canonicalScheme } from './platform.ts'

/** The prefix in the form of canonical keys: `postgres://host` for `postgresql://HOST:5432`. A scheme alone stays a scheme alone. */
export function canonicalPrefix(prefix: string): string {
  const start = prefix.indexOf('://')
  const [scheme, rest] = [canonicalScheme(prefix.slice(0, Math.max(0, start))), prefix.slice(start)]
  return rest === '://' ? scheme + rest : canonicalKey(datasetNameOf(scheme + rest))
}

export const isSchemeAlone = (prefix: string): boolean => prefix.endsWith('://')

/** True for the prefix itself and for keys below it: `s3://raw` contains `s3://raw/a`, and not `s3://raw-b/a`. */
export const isUnder = (key: string, prefix: string): boolean =>
  key.startsWith(prefix) && (key.length === prefix.length || key[prefix.length] === '/')
