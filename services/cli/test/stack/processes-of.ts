import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The command lines of these processes. */
export const commandLines = (home: string): string =>
  (processesOf(home) ?? []).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).join('\n')

/** Ids of running processes with this HEADWATER_HOME; undefined on systems without /proc. */
export function processesOf(home: string): readonly number[] | undefined {
  if (!existsSync('/proc/self/environ')) return undefined
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HEADWATER_HOME=${home}`)
      } catch {
        return false // ended meanwhile
      }
    })
}
