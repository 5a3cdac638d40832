import type { ChildProcess } from 'node:child_process'

const codeOfSignal = 128

/** Waits for a process to end. @returns its exit code. Rejects when it cannot be started */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? codeOfSignal))
  })
}
