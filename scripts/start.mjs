// npm start: checks the machine, installs and builds what changed, then runs `headwater up --demo` with the given arguments. Plain
// Node, since it runs before anything is installed.
// Holds: while a stack runs here, nothing is installed or built, which would exchange files below running processes.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFacts, judgeFacts } from './check-machine.mjs'
import { installIfNeeded, isInstalled, requireNode } from './install-if-needed.mjs'
import { oneAtATime } from './one-at-a-time.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const headwater = join(root, 'services', 'cli', 'bin', 'headwater.js')

/** Whether a stack runs or starts in the home of the arguments and the environment, as far as an earlier build can report it. */
function isRunning() {
  if (!existsSync(join(root, 'services', 'cli', 'dist', 'main.js'))) return false
  const home = args.flatMap((arg, index) =>
    arg === '--home' ? ['--home', args[index + 1] ?? ''] : arg.startsWith('--home=') ? [arg] : [],
  )
  const { stdout } = spawnSync(process.execPath, [headwater, 'status', '--json', ...home], { encoding: 'utf8' })
  try {
    return JSON.parse(stdout).situation !== 'stopped'
  } catch {
    return false
  }
}

/** Starts the official images, and ends with the exit code of docker. */
function startWithDocker() {
  const isDetached = args.includes('--detach') || args.includes('-d')
  const command = ['compose', 'up', ...(isDetached ? ['--detach', '--wait'] : [])]
  process.stdout.write(
    `Running: docker ${command.join(' ')}\nFor the demo, once it runs: docker compose --profile demo up demo\n`,
  )
  run('docker', command)
}

/** Runs a program to its end, and ends with its exit code. Signals are passed on, so that it stops everything in order. */
function run(command, commandArgs) {
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('close', (code) => process.exit(code ?? 128))
}

async function start() {
  requireNode()
  if (isRunning()) return run(process.execPath, [headwater, 'up', '--demo', ...args])
  const release = await oneAtATime(root, (pid) =>
    process.stdout.write(`Process ${pid} is installing or building here; waiting\n`),
  )
  if (!isInstalled(root)) {
    const { verdict, lines } = judgeFacts(findFacts(root, process.env))
    for (const line of lines) process[verdict === 'start' ? 'stdout' : 'stderr'].write(`${line}\n`)
    if (verdict === 'stop') process.exit(1)
    if (verdict === 'docker') return startWithDocker()
    installIfNeeded(root)
  }
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(process.execPath, [tsc, '-b', root], { stdio: 'inherit' })
  release()
  if (status !== 0) process.exit(status ?? 1)
  run(process.execPath, [headwater, 'up', '--demo', ...args])
}

await start()
