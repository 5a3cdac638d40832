// Plain Node, since it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const oldestNode = [20, 19]

/** Ends the process with one line when this Node is too old; runs `npm ci` when the lockfile is newer than what is installed. */
export function installIfNeeded(root) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    process.stderr.write(`Headwater needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}\n`)
    process.exit(1)
  }
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(join(root, 'package-lock.json')).mtimeMs <= statSync(installed).mtimeMs) return
  process.stdout.write('Installing dependencies (npm ci, 900 MB, a minute or two) ...\n')
  // npm is a script on Windows, which only a shell starts.
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' }
  const { status, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], options)
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}npm ci failed\n`)
  process.exit(1)
}
