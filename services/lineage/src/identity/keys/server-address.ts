import type { Platform } from './platform.ts'

/** Ends an address and starts the parameters of the connection. */
export const parameters = /[?;#]/
const databaseParameter = /^(?:database|databasename|dbname|db)=(.*)$/is
const schemaParameter = /^(?:schema|currentschema)=(.*)$/is
const serverParameter = /^servername=(.*)$/is
const instanceParameter = /^instancename=(.*)$/is
// Clients without a port send their language's word for null.
const port = /^(.*):(\d*|none|null)$/s
const afterAccounts = ['.snowflakecomputing.com', '.privatelink']

/**
 * The address without connection parameters, which may be secrets. Kept are only the names that they give: a database and a schema, as
 * segments of the path, and, where the address lacks them, the server and its instance.
 */
export function withoutParameters(address: string): string {
  const at = address.search(parameters)
  if (at === -1) return address
  const given = address.slice(at + 1).split(/[?;#&]/)
  const stated = (pattern: RegExp) =>
    given.map((parameter) => pattern.exec(parameter)?.[1]).find((found) => found !== undefined)
  const path = [databaseParameter, schemaParameter].map(stated).filter((value) => value !== undefined)
  return [withServer(address.slice(0, at), stated), ...path].join('/')
}

/** The address, with or without a scheme, completed by the parameters that name the server. */
function withServer(address: string, stated: (pattern: RegExp) => string | undefined): string {
  const [, scheme = '', host = ''] = /^([a-z0-9+.-]+:\/\/)?(.*)$/is.exec(address) ?? []
  const server = host === '' ? (stated(serverParameter) ?? '') : host
  const instance = /^[^:/\\]+$/.test(server) ? stated(instanceParameter) : undefined
  return scheme + (instance === undefined ? server : `${server}\\${instance}`)
}

/** The hosts in the form of keys: lower case, without user and default port, sorted. */
export function canonicalAuthority(authority: string, platform: Platform): string {
  const { authority: form, kind, defaultPorts } = platform
  if (form === 'text' || form === 'none') return authority
  const lower = authority.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (form === 'host') return withoutDefaultPort(withoutPassword(lower), kind === 'path' ? defaultPorts : undefined)
  const hosts = lower.slice(lower.lastIndexOf('@') + 1).split(',')
  const servers = hosts.map((host) => withoutDefaultPort(host, defaultPorts))
  const known = platform.namesAccounts ? servers.map(canonicalAccount) : servers
  return [...new Set(known.filter((host) => host !== ''))].sort().join(',')
}

/** The hosts in the form of OpenLineage: each with its port. */
export function withPorts(authority: string, { authority: form, defaultPorts, namesPort }: Platform): string {
  const [defaultPort] = defaultPorts
  if (!namesPort || defaultPort === undefined || authority === '') return authority
  const hosts = form === 'hosts' ? authority.split(',') : [authority]
  return hosts.map((host) => (host.includes(':') && !host.endsWith(']') ? host : `${host}:${defaultPort}`)).join(',')
}

// user:password@host, but not container@account
function withoutPassword(authority: string): string {
  const at = authority.lastIndexOf('@')
  return authority.slice(0, at).includes(':') ? authority.slice(at + 1) : authority
}

function withoutDefaultPort(host: string, defaultPorts: readonly number[] | undefined): string {
  const match = defaultPorts === undefined ? null : port.exec(host)
  if (match === null) return host
  const [, name = '', digits = ''] = match
  if (name.includes(':') && !name.endsWith(']')) return host // an IPv6 address without brackets
  return !/^\d+$/.test(digits) || defaultPorts?.some((known) => digits === String(known)) ? name : host
}

/** A Snowflake account, also given as its host name, in which hyphens replace the underscores of the account. */
function canonicalAccount(host: string): string {
  let length = host.includes(':') ? 0 : host.length
  const suffix = () => afterAccounts.find((text) => length > text.length && host.endsWith(text, length))
  for (let found = suffix(); found !== undefined; found = suffix()) length -= found.length
  return (length === 0 ? host : host.slice(0, length)).replaceAll('_', '-')
}
