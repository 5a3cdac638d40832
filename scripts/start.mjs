// npm start: installs and builds what changed, then runs `headwater up --demo` with the arguments given. Plain Node, since it runs
// before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNode = [20, 19]

requireNode()
if (mustInstall()) await step('Installing dependencies (npm ci) ...', 'npm', ['ci', '--no-audit', '--no-fund'])
await step(undefined, process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', root])
const headwater = join(root, 'services', 'cli', 'bin', 'headwater.js')
process.exitCode = await run(process.execPath, [headwater, 'up', '--demo', ...process.argv.slice(2)], 'inherit')

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  console.error(`Headwater needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}`)
  process.exit(1)
}

function mustInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  return !existsSync(installed) || statSync(join(root, 'package-lock.json')).mtimeMs > statSync(installed).mtimeMs
}

/** Runs a step that is quiet unless it fails; ends this process when it does. */
async function step(announcement, command, args) {
  if (announcement !== undefined) console.error(announcement)
  const code = await run(command, args, 'pipe')
  if (code !== 0) process.exit(code)
}

/** @returns the exit code; signals are passed on, so that whoever is asked to stop does it in order */
function run(command, args, stdio) {
  // npm is a script on Windows, which only a shell starts.
  const shell = command === 'npm' && process.platform === 'win32'
  const child = spawn(command, args, {
    cwd: stdio === 'pipe' ? root : undefined,
    stdio: ['inherit', stdio, stdio],
    shell,
  })
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve) => {
    const ended = (code) => {
      for (const signal of signals) process.off(signal, forward)
      if (code !== 0) process.stderr.write(Buffer.concat(output))
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(`Cannot run ${command}: ${error.message}`)
      ended(1)
    })
    child.once('close', (code) => ended(code ?? 128))
  })
}
