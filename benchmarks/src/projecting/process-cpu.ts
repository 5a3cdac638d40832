import { readFileSync } from 'node:fs'

/** Clock ticks a second, as every Linux of today has it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ticksPerSecond = 100

/** Processor time that a process has used, user and system, all threads; NaN where there is no /proc. */
export function cpuSecondsOf(pid: number | undefined): number {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return (Number(afterName[11]) + Number(afterName[12])) / ticksPerSecond
  } catch {
    return Number.NaN
  }
}
