#!/usr/bin/env node
// npm test: installs what is missing, builds, checks, and runs every test on the real stack. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installIfNeeded } from './install-if-needed.mjs'
import { installPythonClients, withoutPython } from './install-python-clients.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

function run(title, script, ...args) {
  process.stdout.write(`\n> ${title}\n`)
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${script}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) {
    process.stderr.write(`npm test: failed while: ${title}\n`)
    process.exit(status ?? 1)
  }
}

installIfNeeded(root)
const hasPython = installPythonClients()
if (!hasPython) process.env.HEADWATER_WITHOUT_PYTHON = '1'
run('building', 'typescript/bin/tsc', '-b')
run('checking the types of tests', 'typescript/bin/tsc', '-p', 'tsconfig.test.json')
run('checking style and boundaries', '@biomejs/biome/bin/biome', 'check', '.')
run('looking for what nothing uses', 'knip/bin/knip.js')
run('running tests: unit, then integration on the real stack', 'vitest/vitest.mjs', 'run', ...process.argv.slice(2))
if (!hasPython) process.stdout.write(withoutPython)
