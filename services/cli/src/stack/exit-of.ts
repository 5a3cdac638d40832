import type { ChildProcess } from 'node:child_process'

const codeOfSignal = 128

/** The exit code of a process, when it ends. Rejects when it cannot be started. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? codeOfSignal))
  })
}
