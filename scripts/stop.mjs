// npm stop: stops what npm start started.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const fileOf = (path) => fileURLToPath(new URL(`../services/cli/${path}`, import.meta.url))

if (existsSync(fileOf('dist/main.js'))) {
  const child = spawn(process.execPath, [fileOf('bin/headwater.js'), 'stop', ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
} else process.stdout.write('Nothing is built here yet, so no stack of this folder is running\n')
