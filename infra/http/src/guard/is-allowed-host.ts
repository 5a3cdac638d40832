import { isIP } from 'node:net'
import type { GuardRules } from './guard-rules.ts'
import { isLoopback } from './is-loopback.ts'

const hostShape = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+?)\.?(?::\d{1,5})?$/

/** Whether a Host header names this machine, or what the rules allow. */
export function isAllowedHost(header: string, { allowedHosts, acceptsAddresses }: GuardRules): boolean {
  const host = header.toLowerCase()
  const name = hostShape.exec(host)?.[1]
  if (name === undefined) return false
  if (isLoopback(name)) return true
  if (acceptsAddresses && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true
  return allowedHosts.some(
    (allowed) =>
      allowed === '*' ||
      allowed === name ||
      allowed === host ||
      (allowed.startsWith('.') && (name.endsWith(allowed) || name === allowed.slice(1))),
  )
}
