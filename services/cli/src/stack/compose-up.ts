import { spawn } from 'node:child_process'
import { repositoryRoot } from '../config.ts'
import { exitOf } from './exit-of.ts'

/** Runs the same stack from official images. @returns the exit code of docker */
export function composeUp(detach: boolean): Promise<number> {
  const args = ['compose', 'up', ...(detach ? ['--detach', '--wait'] : [])]
  return exitOf(spawn('docker', args, { cwd: repositoryRoot, stdio: 'inherit' }))
}
