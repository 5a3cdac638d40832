// Plain Node, since it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const oldestNode = [20, 19]

/** Ends the process with one line when this Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  process.stderr.write(
    `Headwater needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. Install one from nodejs.org or with nvm: nvm install 22\n`,
  )
  process.exit(1)
}

/** Whether the lockfile is not newer than what is installed. */
export function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  return existsSync(installed) && statSync(join(root, 'package-lock.json')).mtimeMs <= statSync(installed).mtimeMs
}

/** Runs `npm ci` unless everything is installed; ends the process when Node is too old or npm fails. */
export function installIfNeeded(root) {
  requireNode()
  if (isInstalled(root)) return
  process.stdout.write('Installing dependencies (npm ci, 900 MB, a minute or two) ...\n')
  // npm is a script on Windows, which only a shell starts.
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' }
  const { status, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], options)
  if (status === 0) return
  process.stderr.write(
    `${stdout ?? ''}${stderr ?? ''}npm ci failed. Behind a proxy or with a mirror, see docs/troubleshooting.md\n`,
  )
  process.exit(1)
}
