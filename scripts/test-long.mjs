#!/usr/bin/env node
// npm run test:long: what takes too long for npm test. Every property test with many times its cases, the tests of files named
// *.long.integration.test.ts, the OpenAPI documents with generated requests, then the chaos run.
// Usage: npm run test:long -- [--factor <n>] [--requests <n>] [--minutes <n>]
//   (default: 10 times the cases, 10,000 requests for each document, then 20 minutes of chaos)
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installIfNeeded } from './install-if-needed.mjs'
import { installKafkaPython } from './install-python-clients.mjs'
import { runStep } from './run-step.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = { type: 'string' }
const { values } = parseArgs({ options: { factor: text, minutes: text, requests: text } })
const { factor = '10', minutes = '20', requests = '10000' } = values

/** Files that try a property, and therefore heed PROPERTY_FACTOR. */
function propertyFiles() {
  return readdirSync(join(root, 'services'), { recursive: true })
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .map((file) => join('services', file))
    .filter((file) => /\bholdsFor\(|\bpropertyRuns\(/.test(readFileSync(join(root, file), 'utf8')))
}

async function step(title, ...command) {
  process.stdout.write(`\n> ${title}\n`)
  const { code } = await runStep(root, ...command)
  if (code !== 0) process.stderr.write(`npm run test:long: failed: ${title}\n`)
  return code
}

process.on('SIGINT', () => undefined) // reaches each step as well; this process ends after them
installIfNeeded(root)
const build = await step('building', 'node_modules/typescript/bin/tsc', ['-b'])
if (build !== 0) process.exit(build)
const properties = await step(
  `property tests, ${factor} times their cases`,
  'node_modules/vitest/vitest.mjs',
  ['run', ...propertyFiles()],
  { env: { ...process.env, PROPERTY_FACTOR: factor } },
)
const withoutPython = installKafkaPython() ? {} : { HEADWATER_WITHOUT_PYTHON: '1' }
const long = await step('long tests', 'node_modules/vitest/vitest.mjs', ['run', 'long.integration'], {
  env: { ...process.env, LONG_TESTS: '1', ...withoutPython },
})
const documents = await step(`the OpenAPI documents, ${requests} requests each`, 'scripts/test-openapi.mjs', [
  ...['--requests', requests],
])
const chaos = await step(`chaos, ${minutes} minutes`, 'services/testing/dist/chaos/main.js', ['--minutes', minutes], {
  nodeOptions: ['--max-old-space-size=6144'],
})
process.exitCode = properties || long || documents || chaos
