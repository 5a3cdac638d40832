import {
  type GuardRules,
  isLoopback,
  type ParsedEntries,
  parseAllowedHosts,
  parseCorsOrigins,
} from '@headwater/http/guard'
import { Type } from 'typebox'

/** Which requests of web pages a server answers. To be spread into a schema. */
export const guardVariables = {
  ALLOWED_HOSTS: Type.String({ default: '' }),
  CORS_ORIGINS: Type.String({ default: '' }),
}

type GuardValues = { readonly ALLOWED_HOSTS: string; readonly CORS_ORIGINS?: string }
type Server = {
  /** The name or address that the server listens on. */
  readonly listensOn: string
  /** Whether requests are answered without authentication. */
  readonly isOpen: boolean
}

/** The rules of a server. Invalid variables add sentences to `problems`. */
export function guardRules(values: GuardValues, { listensOn, isOpen }: Server, problems: string[]): GuardRules {
  const hosts = parseAllowedHosts(values.ALLOWED_HOSTS)
  const origins = parseCorsOrigins(values.CORS_ORIGINS ?? '')
  problems.push(
    ...invalidEntries('ALLOWED_HOSTS', hosts, hostForm),
    ...invalidEntries('CORS_ORIGINS', origins, originForm),
  )
  if (isOpen && origins.entries.includes('*')) problems.push(anyOriginWhileOpen)
  return {
    allowedHosts: [...hosts.entries, listensOn.toLowerCase()],
    acceptsAddresses: !isLoopback(listensOn),
    corsOrigins: origins.entries,
    acceptsLinks: true,
  }
}

const hostForm =
  'a name or address without scheme and path, e.g. lineage.example.com, .example.com (every name below it), 10.0.0.5:8080, [2001:db8::5], or *'
const originForm =
  'an origin exactly as browsers send it: scheme, host and port if it is not the default, without path and trailing slash, e.g. https://grafana.example.com,http://localhost:5173'
const anyOriginWhileOpen =
  'CORS_ORIGINS must not be * while access is open, as every web page could then read and write: name the origins, or set HEADWATER_KEYS_FILE or AUTH_JWKS_URL'

const invalidEntries = (variable: string, { invalid }: ParsedEntries, form: string): readonly string[] =>
  invalid.map((number) => `${variable}: entry ${number} must be ${form}`)
