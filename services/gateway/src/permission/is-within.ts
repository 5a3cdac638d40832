import { isSchemeAlone, isUnder } from '@headwater/lineage'

/**
 * Whether a key is one of the prefixes or below it: `s3://raw` contains `s3://raw/a`, and not `s3://raw-secret/a`; a scheme alone, such as
 * `dashboard://`, contains every key of the scheme. Keys with the segments `.` or `..`, also percent-encoded, are within no prefix: Headwater
 * does not resolve them, but what reads its answers may.
 */
export const isWithin = (key: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => (isSchemeAlone(prefix) ? key.startsWith(prefix) : isUnder(key, prefix))) &&
  !dotSegment.test(key)

const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i
