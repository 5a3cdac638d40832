// npm start: installs and builds what changed, then runs `headwater up --demo` with the given arguments. Plain Node, since it runs
// before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIfNeeded } from './install-if-needed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

installIfNeeded(root)
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '-b', root], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
const headwater = join(root, 'services', 'cli', 'bin', 'headwater.js')
const child = spawn(process.execPath, [headwater, 'up', '--demo', ...process.argv.slice(2)], { stdio: 'inherit' })
// Forwards signals, so that the child stops everything in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('close', (code) => process.exit(code ?? 128))
