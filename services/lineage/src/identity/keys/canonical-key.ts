import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type AssetKey, maxAssetKeyLength } from './asset-key.ts'
import type { DatasetName } from './dataset-name.ts'
import { parseDottedName } from './dotted-name.ts'
import { type Namespace, parseNamespace, pathOf } from './namespace.ts'
import { beginningOf, encodeText } from './percent-encoding.ts'
import { type Platform, platformNamed } from './platform.ts'

const maxAuthorityLength = 1_024
const mark = '~' // before the hash of what was cut

/**
 * The key of the asset that OpenLineage calls by this pair; docs/identity.md has the rules. Every pair of texts has one,
 * and pairs that differ in more than the rules fold have different ones.
 */
export function canonicalKey({ namespace, name }: DatasetName): AssetKey {
  const place = parseNamespace(namespace)
  const platform = platformNamed(place.scheme)
  const authority = encodeText(place.authority)
  const segments = segmentsOf(place, platform, { namespace, name }).map(encodeText)
  const key = textOf(place.scheme, platform, authority, segments)
  if (authority.length > maxAuthorityLength) return `dataset://${place.scheme}${mark}${hashOf(key)}` as AssetKey
  if (key.length <= maxAssetKeyLength) return key as AssetKey
  const hash = `${mark}${hashOf(key)}`
  return `${beginningOf(key, maxAssetKeyLength - hash.length)}${hash}` as AssetKey
}

function segmentsOf(place: Namespace, platform: Platform, { namespace, name }: DatasetName): readonly string[] {
  switch (platform.separator) {
    case '/': {
      const path = pathOf(platform.kind === 'path' ? withoutNamespace(namespace, name) : name)
      return [...place.path, ...(place.scheme === 'glue' ? glueTable(path) : path)]
    }
    case ':': {
      const scope = place.path.flatMap((segment) => segment.split(':'))
      return [...scope, ...withoutNothing(trimSlashes(name).split(':'))]
    }
    case '.': {
      const parts = withoutNothing(parseDottedName(trimSlashes(name)))
      return namesDatabase(place.path, parts, platform) ? parts : [...place.path, ...parts]
    }
    default:
      return platform.separator satisfies never
  }
}

/** Of `table/d/t`, as Glue names it, and of `d.t`, as earlier versions for Spark do. */
function glueTable(path: readonly string[]): readonly string[] {
  const [first = ''] = path
  if (path.length > 1) return first === 'table' ? path.slice(1) : path
  const parts = first.split('.')
  return parts.length === 2 && !parts.includes('') ? parts : path
}
/** Some extractors name a file by its whole URL. */
const withoutNamespace = (namespace: string, name: string): string =>
  namespace.includes('://') && name.startsWith(`${namespace}/`) ? name.slice(namespace.length) : name

/** A database that namespace and name both give is one. */
function namesDatabase(path: readonly string[], parts: readonly string[], { authority, levels }: Platform): boolean {
  const whole = authority !== 'text' && levels > 0 && parts.length >= levels
  return whole && path.every((segment, index) => segment === parts[index])
}

/** Of a name that is nothing but separators, nothing. */
function withoutNothing(parts: readonly string[]): readonly string[] {
  return parts.every((part) => part === '') ? [] : parts
}

// No regular expression: one for trailing slashes takes time in proportion to the square of their number.
function trimSlashes(name: string): string {
  let [start, end] = [0, name.length]
  while (name[start] === '/') start += 1
  while (end > start && name[end - 1] === '/') end -= 1
  return name.slice(start, end)
}

function textOf(scheme: string, platform: Platform, authority: string, segments: readonly string[]): string {
  const path = platform.authority === 'none' ? segments.join('/') : segments.map((segment) => `/${segment}`).join('')
  return `${scheme}://${authority}${authority === '' && path === '' ? '/' : path}`
}

const hashOf = (text: string) => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)
