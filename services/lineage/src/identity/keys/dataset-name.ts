import { formatDottedName } from './dotted-name.ts'
import { glueNamespace, parseNamespace } from './namespace.ts'
import { decodeText } from './percent-encoding.ts'
import { type Platform, platformNamed } from './platform.ts'
import { parameters, withPorts } from './server-address.ts'

/** The pair by which OpenLineage identifies a dataset: https://openlineage.io/docs/spec/naming */
export type DatasetName = { readonly namespace: string; readonly name: string }

const region = /^[a-z0-9-]+$/
const account = /^\d{12}$/

/** The pair by which OpenLineage identifies the asset. For every key that `canonicalKey` returns, `canonicalKey` of the pair is that key. */
export function datasetNameOf(key: string): DatasetName {
  const start = key.indexOf('://')
  if (start === -1) return { namespace: '', name: decodeText(key) }
  const scheme = key.slice(0, start)
  const platform = platformNamed(scheme)
  const [authority, segments] = partsOf(key.slice(start + '://'.length), platform)
  if (scheme === 'glue') return glueName(authority, segments)
  if (scheme === 'dataset') return { namespace: plainNamespace(authority), name: segments.join('/') }
  if (platform.authority === 'none') return { namespace: scheme, name: nameOf(platform, segments) }
  const inNamespace = namespaceLength(platform, segments)
  const path = segments.slice(0, inNamespace).map((segment) => `/${segment}`)
  const namespace = platform.rooted && authority === '' ? scheme : `${scheme}://${withPorts(authority, platform)}`
  return { namespace: namespace + path.join(''), name: nameOf(platform, segments.slice(inNamespace)) }
}

function partsOf(rest: string, { authority }: Platform): [string, string[]] {
  const split = (text: string) => (text === '' || text === '/' ? [] : text.split('/').map(decodeText))
  if (authority === 'none') return ['', split(rest)]
  const slash = rest.indexOf('/')
  if (slash === -1) return [decodeText(rest), []]
  return [decodeText(rest.slice(0, slash)), split(rest.slice(slash + 1))]
}

function nameOf({ separator, rooted, kind }: Platform, segments: readonly string[]): string {
  if (separator === '.') return formatDottedName(segments)
  if (kind === 'path' && segments.length === 0) return '/' // a whole bucket: servers refuse an empty name
  return rooted && separator === '/' ? `/${segments.join('/')}` : segments.join(separator)
}

/** How many segments belong to the namespace, e.g. the path of a database that is a file. */
function namespaceLength(platform: Platform, segments: readonly string[]): number {
  const { authority, separator, levels, namespaceSegments } = platform
  if (authority !== 'text' || separator !== '.') {
    const readAgain = segments.slice(0, namespaceSegments).every((segment) => !parameters.test(segment))
    return segments.length > namespaceSegments && readAgain ? namespaceSegments : 0
  }
  const unfit = segments.findIndex((segment) => segment === '' || segment.includes('/'))
  const most = unfit === -1 ? segments.length : unfit - 1
  return Math.max(0, Math.min(segments.length - levels, most))
}

function glueName(authority: string, segments: readonly string[]): DatasetName {
  const [first = ''] = segments
  const isCatalog = region.test(authority) && account.test(first)
  const table = isCatalog ? segments.slice(1) : segments
  return {
    namespace: isCatalog ? glueNamespace(authority, first) : `glue://${authority}`,
    name: table.length === 0 ? '' : `table/${table.join('/')}`,
  }
}

/** The text as a namespace; with the scheme `dataset` where the text alone would be read as a URL. */
function plainNamespace(text: string): string {
  const { scheme, authority } = parseNamespace(text)
  return scheme === 'dataset' && authority === text ? text : `dataset://${text}`
}
