import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Starts the built main of a service, which ends with this process at the latest.
 * @param onOutput hears what it writes, to its log or as errors
 */
export function spawnBuilt(
  service: 'projector' | 'gateway' | 'api',
  env: NodeJS.ProcessEnv,
  onOutput: (text: string) => void,
): ChildProcess {
  const main = fileURLToPath(new URL(`../../../${service}/dist/main.js`, import.meta.url))
  const child = spawn(process.execPath, ['--min-semi-space-size=64', '--max-semi-space-size=64', main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a terminal's Ctrl-C leaves it to whoever started it
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => onOutput(part.toString()))
  return child
}

/** Ends it as `signal` does, and resolves to its exit code when it is gone. */
export async function endChild(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
  return child.exitCode
}
