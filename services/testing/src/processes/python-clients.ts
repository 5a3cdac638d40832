import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../../.headwater/python-clients', import.meta.url))
const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin')

/** True where `npm test` found no Python; it prints a warning then. */
export const isWithoutPython = process.env['HEADWATER_WITHOUT_PYTHON'] === '1'

export type Finished = { readonly code: number | null; readonly output: string }

/**
 * Runs a command of the environment with the official OpenLineage clients.
 * @throws Error naming the command that installs it, where it is missing
 */
export function runPythonClient(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'>,
): Promise<Finished> {
  if (!existsSync(join(folder, 'installed.txt'))) {
    throw new Error('The official OpenLineage clients are not installed: node scripts/install-python-clients.mjs')
  }
  return new Promise((resolve, reject) => {
    const child = spawn(join(bin, command), args, {
      ...options,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
