import { canonicalScheme, platformNamed } from './platform.ts'
import { canonicalAuthority, withoutParameters } from './server-address.ts'

/** The location that a namespace gives. */
export type Namespace = { readonly scheme: string; readonly authority: string; readonly path: readonly string[] }

const url = /^([a-z0-9][a-z0-9+.-]{0,63}):\/\/(.*)$/is
const rootedUrl = /^([a-z][a-z0-9+.-]{0,63}):(\/.*)?$/is
const glueCatalog = /^(?:arn:)?(aws(?:-cn|-us-gov)?:glue:([a-z0-9-]+):(\d{12}))\/?$/
const oracleDriver = /^oracle:(?:thin|oci\d?):[^@]*@(?:\/\/|tcps?:\/\/)?/i
const oracleSid = /^(oracle:\/\/[^:/]*:\d+):(\w+)$/i
const databaseFile = /^(duckdb|sqlite):(?!\/\/)/i
/** Spark's namespace for Unity Catalog on Databricks; it does not name the host. */
const unnamedUnityCatalog = 'unity-catalog'

/** Reads a namespace in any of the forms that clients send; in any other form it is a plain text, kept as it is. */
export function parseNamespace(namespace: string): Namespace {
  const [, catalog, region, account] = glueCatalog.exec(namespace) ?? []
  if (region !== undefined && account !== undefined && glueNamespace(region, account) === `arn:${catalog}`) {
    return { scheme: 'glue', authority: region, path: [account] }
  }
  if (namespace === unnamedUnityCatalog) return { scheme: 'unitycatalog', authority: '', path: [] }
  const { rooted, authority } = platformNamed(namespace.toLowerCase())
  if (rooted || authority === 'none') return { scheme: namespace.toLowerCase(), authority: '', path: [] }
  if (namespace.startsWith('/')) return { scheme: 'file', authority: '', path: pathOf(namespace) }
  const plain = plainUrl(namespace)
  const [, scheme, address] = url.exec(plain) ?? []
  if (scheme !== undefined && address !== undefined) {
    return addressed(canonicalScheme(scheme), address)
  }
  const [, rootedScheme = '', path = ''] = rootedUrl.exec(plain) ?? []
  if (platformNamed(canonicalScheme(rootedScheme)).rooted) {
    return { scheme: canonicalScheme(rootedScheme), authority: '', path: pathOf(path) }
  }
  return { scheme: 'dataset', authority: plain === namespace ? plain : `jdbc:${plain}`, path: [] }
}

/** The segments of a path; slashes at its ends and repeated slashes make no empty segments. */
export function pathOf(text: string): string[] {
  return text.split('/').filter((segment) => segment !== '')
}

/** The ARN of a Glue catalog; its AWS partition follows from the region. */
export function glueNamespace(region: string, account: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return `arn:${partition}:glue:${region}:${account}`
}

function addressed(scheme: string, given: string): Namespace {
  const platform = platformNamed(scheme)
  const address = platform.authority === 'hosts' ? withoutParameters(given) : given
  if (platform.authority === 'none') return { scheme, authority: '', path: pathOf(address) }
  const slash = address.indexOf('/')
  const server = slash === -1 ? address : address.slice(0, slash)
  const authority = canonicalAuthority(server, platform)
  const path = slash === -1 ? [] : pathOf(address.slice(slash))
  return { scheme, authority: scheme === 'file' && authority === 'localhost' ? '' : authority, path }
}

/** A JDBC URL as the URL of its server, without parameters: `postgresql://host:5432/db`. Other texts stay unchanged. */
function plainUrl(namespace: string): string {
  if (!/^jdbc:/i.test(namespace)) return namespace
  const url = withoutParameters(namespace.slice('jdbc:'.length))
  return url.replace(oracleDriver, 'oracle://').replace(databaseFile, '$1://').replace(oracleSid, '$1/$2')
}
