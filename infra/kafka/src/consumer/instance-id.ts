import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'

// Holds: while the process that listens at an address lives, no other one has its id, since a port has one listener in each boot and
// network namespace. So whatever has the id of a process that listens now is that process, or dead.

/** Identifies the process that listens at `host:port` among all that ever did anywhere; undefined on systems that cannot. */
export function instanceIdOf(host: string, port: number): string | undefined {
  if (port === 0) return undefined
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const network = readlinkSync('/proc/self/ns/net')
    return createHash('sha256').update(`${boot} ${network} ${host}:${port}`).digest('hex').slice(0, 12)
  } catch {
    return undefined
  }
}
