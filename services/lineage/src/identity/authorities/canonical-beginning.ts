import { canonicalKey } from '../keys/canonical-key.ts'
import { datasetNameOf } from '../keys/dataset-name-of.ts'
import { canonicalScheme } from '../keys/platform.ts'

/** A beginning of keys as keys have it: `postgres://host` for `postgresql://HOST:5432`. A scheme alone stays one. */
export function canonicalBeginning(beginning: string): string {
  const start = beginning.indexOf('://')
  const [scheme, rest] = [canonicalScheme(beginning.slice(0, Math.max(0, start))), beginning.slice(start)]
  return rest === '://' ? scheme + rest : canonicalKey(datasetNameOf(scheme + rest))
}
