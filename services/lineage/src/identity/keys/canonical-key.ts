import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type AssetKey, maxAssetKeyLength } from './asset-key.ts'
import type { DatasetName } from './dataset-name.ts'
import { parseDottedName } from './dotted-name.ts'
import { type Namespace, parseNamespace, pathOf } from './namespace.ts'
import { encodeText, prefixOf } from './percent-encoding.ts'
import { type Platform, platformNamed } from './platform.ts'

const maxAuthorityLength = 1_024
const mark = '~' // before the hash of a key that was cut

/**
 * The key of the asset that OpenLineage identifies by this pair; the rules are in docs/identity.md. Every pair of texts has a key, and
 * pairs that differ in more than the rules normalize have different keys.
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
  return `${prefixOf(key, maxAssetKeyLength - hash.length)}${hash}` as AssetKey
}

function segmentsOf(place: Namespace, platform: Platform, { namespace, name }: DatasetName): readonly string[] {
  switch (platform.separator) {
    case '/': {
      const path = pathOf(platform.kind === 'path' ? withoutNamespace(namespace, name) : name)
      return [...place.path, ...(place.scheme === 'glue' ? glueTable(path) : path)]
    }
    case ':': {
      const scope = place.path.flatMap((segment) => segment.split(':'))
      return [...scope, ...unlessAllEmpty(trimSlashes(name).split(':'))]
    }
    case '.': {
      const parts = unlessAllEmpty(parseDottedName(trimSlashes(name)))
      return namesDatabase(place.path, parts, platform) ? parts : [...place.path, ...parts]
    }
    default:
      return platform.separator satisfies never
  }
}

/** The segments of `table/d/t`, the form of Glue, and of `d.t`, the form of earlier Spark clients. */
function glueTable(path: readonly string[]): readonly string[] {
  const [first = ''] = path
  if (path.length > 1) return first === 'table' ? path.slice(1) : path
  const parts = first.split('.')
  return parts.length === 2 && !parts.includes('') ? parts : path
}

/** The name without the namespace: some extractors name a file by its whole URL. */
const withoutNamespace = (namespace: string, name: string): string =>
  namespace.includes('://') && name.startsWith(`${namespace}/`) ? name.slice(namespace.length) : name

/** True when the name starts with the database that the namespace gives too. */
function namesDatabase(path: readonly string[], parts: readonly string[], { authority, levels }: Platform): boolean {
  const whole = authority !== 'text' && levels > 0 && parts.length >= levels
  return whole && path.every((segment, index) => segment === parts[index])
}

/** The parts; none for a name that consists of separators only. */
function unlessAllEmpty(parts: readonly string[]): readonly string[] {
  return parts.every((part) => part === '') ? [] : parts
}

// Not a regular expression: for trailing slashes its time grows with the square of their number.
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
