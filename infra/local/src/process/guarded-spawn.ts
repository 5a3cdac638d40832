import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { privateFolder } from '../home/private-folder.ts'

export type GuardedCommand = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Standard output and error are appended here. */
  readonly logFile: string
}

/** Seconds an abandoned command gets between SIGTERM and SIGKILL. */
const abandonedGraceS = 10

// Nothing that the command writes is readable by other users. `exec` keeps the process id, so the child is the command itself. The subshell left behind reads a pipe whose other end only
// this process holds: its end means that this process is gone, however it went, and the command has to go too. A background
// job's standard input is /dev/null in a POSIX shell, hence the detour over descriptor 3.
const guard = `umask 077
exec 3<&0
( trap '' TERM INT HUP
  read -r _ <&3
  kill -TERM $$ 2>/dev/null || exit 0
  i=0
  while [ $i -lt ${abandonedGraceS} ]; do sleep 1; kill -0 $$ 2>/dev/null || exit 0; i=$((i + 1)); done
  kill -KILL $$ 2>/dev/null
) </dev/null >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`

/**
 * Starts a command that does not outlive this process, not even when this process is killed. It leads a process group of its
 * own, so that a terminal's Ctrl-C leaves it to an ordered stop.
 */
export function guardedSpawn({ command, args, env, logFile }: GuardedCommand): ChildProcess {
  mkdirSync(dirname(logFile), privateFolder)
  const log = openSync(logFile, 'a', 0o600)
  try {
    const child = spawn('/bin/sh', ['-c', guard, 'sh', command, ...args], {
      env,
      detached: true,
      stdio: ['pipe', log, log],
    })
    child.stdin?.on('error', () => undefined)
    return child
  } finally {
    closeSync(log)
  }
}

/** Kills a guarded command and its guard, whatever of them is left. */
export function killGuarded(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
