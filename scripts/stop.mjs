// npm stop: stops what npm start started.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const headwater = fileURLToPath(new URL('../services/cli/bin/headwater.js', import.meta.url))
const child = spawn(process.execPath, [headwater, 'stop', ...process.argv.slice(2)], { stdio: 'inherit' })
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
