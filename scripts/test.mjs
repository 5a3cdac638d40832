#!/usr/bin/env node
// npm test: installs what is missing, builds, and runs every test on the real stack, with the checks of types, style and unused code
// beside them. `npm test -- <path>` runs the matching files only and leaves the checks out; further arguments go to Vitest.
import { fileURLToPath } from 'node:url'
import { installBrowser } from './install-browser.mjs'
import { installIfNeeded } from './install-if-needed.mjs'
import { installPythonClients, withoutPython } from './install-python-clients.mjs'
import { runStep } from './run-step.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const isWhole = args.length === 0

const checks = [
  ['types of tests', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  ['style and boundaries', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  ['unused files, exports and dependencies', 'node_modules/knip/bin/knip.js'],
  ['what is published', 'node_modules/tsx/dist/cli.mjs', 'scripts/package/check.ts'],
]

/** One check after another, so that tests keep most of the machine. @returns the titles of those that failed */
async function runChecks() {
  const failed = []
  for (const [title, script, ...scriptArgs] of checks) {
    const { code, text } = await runStep(root, script, scriptArgs, { isQuiet: true })
    process.stdout.write(code === 0 ? `> checked ${title}\n` : `\n> FAILED: ${title}\n${text}\n`)
    if (code !== 0) failed.push(title)
  }
  return failed
}

async function runTests() {
  let counts
  const { code } = await runStep(root, 'node_modules/vitest/vitest.mjs', ['run', ...args], {
    onMessage: (message) => (counts = message),
  })
  return { code, counts }
}

process.on('SIGINT', () => undefined) // reaches each step as well; this process ends after them
installIfNeeded(root)
const hasPython = isWhole ? installPythonClients() : true
if (!hasPython) process.env.HEADWATER_WITHOUT_PYTHON = '1'

process.stdout.write('> building\n')
const build = await runStep(root, 'node_modules/typescript/bin/tsc', ['-b'])
if (build.code !== 0) {
  process.stderr.write('npm test: the build failed\n')
  process.exit(build.code)
}

if (isWhole) await installBrowser()
const [tests, failedChecks] = await Promise.all([runTests(), isWhole ? runChecks() : []])
if (!hasPython) process.stdout.write(withoutPython)
for (const title of failedChecks) process.stdout.write(`FAILED CHECK: ${title} (its output is above)\n`)
if (tests.counts !== undefined) {
  const { passed, failed, skipped } = tests.counts
  const all = [
    `${passed} passed`,
    `${failed + failedChecks.length} failed`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ]
  process.stdout.write(`\n${all.join(', ')}\n`)
}
process.exitCode ||= tests.code !== 0 || failedChecks.length > 0 ? 1 : 0
