import { spawn } from 'node:child_process'

export type CommandResult = { readonly exitCode: number | null; readonly output: string }

/** Runs a program to its end, or until it has taken too long. Its output goes to `onLine` as it comes. @returns exit code null when it cannot be started */
export function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void = () => undefined,
  timeoutMs?: number,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
    let output = ''
    let rest = ''
    const take = (part: Buffer) => {
      output += part.toString()
      const lines = (rest + part.toString()).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', () => resolve({ exitCode: null, output }))
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
}
