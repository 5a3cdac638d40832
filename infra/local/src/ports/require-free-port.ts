import { readdir, readFile, readlink } from 'node:fs/promises'
import { LocalStackError } from '../local-stack-error.ts'
import { canListen } from './free-port.ts'

/** @throws LocalStackError PORT_TAKEN naming the port, the process that holds it where that can be found out, and the variable to change */
export async function requireFreePort(port: number, variable: string, host = '127.0.0.1'): Promise<void> {
  if (await canListen(port, host)) return
  const holder = await holderOf(port)
  throw new LocalStackError(
    'PORT_TAKEN',
    `Port ${port} is taken${holder === undefined ? '' : ` by ${holder}`}; set ${variable} to another port`,
  )
}

/** Who listens on a port, as `process 123 (java -cp ...)`; undefined where that cannot be found out. */
async function holderOf(port: number): Promise<string | undefined> {
  try {
    const inode = await listeningInode(port)
    if (inode === undefined) return undefined
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      if (!(await holdsSocket(pid, inode))) continue
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
      return `process ${pid} (${command.length > 80 ? `${command.slice(0, 80)}…` : command})`
    }
  } catch {
    // no /proc here, or not ours to read
  }
  return undefined
}

async function listeningInode(port: number): Promise<string | undefined> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const listening = '0A'
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8')).split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      if (columns[1]?.endsWith(suffix) && columns[3] === listening) return columns[9]
    }
  }
  return undefined
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
  for (const descriptor of descriptors) {
    if ((await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')) === `socket:[${inode}]`) return true
  }
  return false
}
