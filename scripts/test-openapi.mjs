#!/usr/bin/env node
// Tests the OpenAPI documents of the API and the gateway with schemathesis, against a real stack with the data of the demo: every answer
// must be as the document says, every valid request accepted, every invalid one refused. The same seed sends the same requests.
// Usage: node scripts/test-openapi.mjs [--requests <n>] [--seed <n>]   (default: 10000 requests for each document; needs Python 3.10)
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installIfNeeded } from './install-if-needed.mjs'
import { findPython, installRequirements } from './install-python.mjs'
import { runStep } from './run-step.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = { type: 'string' }
const { values } = parseArgs({ options: { requests: text, seed: text } })
const requests = Number(values.requests ?? 10_000)
const seed = values.seed ?? String(Date.now() % 1_000_000)
const headwater = 'services/cli/bin/headwater.js'

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}

/** A stack of its own, with the data of the demo; nothing in the environment points at another one. */
async function environmentOf(home) {
  const { PATH, HOME, HEADWATER_CACHE, TMPDIR } = process.env
  const ports = ['API_PORT', 'GATEWAY_PORT', 'KAFKA_PORT', 'REGISTRY_PORT', 'CLICKHOUSE_PORT', 'PROJECTOR_METRICS_PORT']
  const given = Object.fromEntries(await Promise.all(ports.map(async (name) => [name, await freePort()])))
  return { PATH, HOME, HEADWATER_CACHE, TMPDIR, HEADWATER_HOME: home, ...given }
}

/** @returns the number of operations in a document */
async function operationsOf(url) {
  const { paths } = await (await fetch(url)).json()
  return Object.values(paths).flatMap((path) => Object.keys(path)).length
}

/**
 * Sends requests in rounds, each with the next seed, until enough were sent: an operation with few parameters has few different ones.
 * @returns an exit code
 */
async function testDocument(name, base, commands) {
  const url = `${base}/openapi.json`
  const examples = Math.ceil(requests / (await operationsOf(url)))
  const folder = join(root, 'services', 'testing', 'python')
  rmSync(join(folder, '.schemathesis'), { recursive: true, force: true }) // failures of earlier runs would be sent first
  let sent = 0
  for (let round = 0; sent < requests; round++) {
    const roundSeed = String(Number(seed) + round)
    process.stdout.write(`\n> ${name}: ${url}, up to ${examples} requests for each operation, seed ${roundSeed}\n`)
    // one worker: with two, Python 3.11 mixes up the recursion depths of its threads and ends the run (CPython gh-106905)
    const options = ['--seed', roundSeed, '--workers', '1', '--no-color', '--max-examples', String(examples)]
    const { code, text: output } = await runSchemathesis(commands, folder, ['run', url, ...options])
    const generated = Number(/(\d+) generated/.exec(output)?.[1] ?? 0)
    if (code !== 0 || generated === 0) return code || 1
    sent += generated
  }
  process.stdout.write(`${name}: ${sent} requests, all answered as the document says\n`)
  return 0
}

function runSchemathesis(commands, folder, args) {
  const config = ['--config-file', join(folder, 'schemathesis.toml')]
  const child = spawn(join(commands, 'schemathesis'), [...config, ...args], {
    ...{ cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  })
  let text = ''
  child.stdout.on('data', (part) => {
    text += part
    process.stdout.write(part)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, text }))
  })
}

async function main() {
  installIfNeeded(root)
  const python = findPython([3, 10])
  if (python === undefined) {
    process.stderr.write(
      'The OpenAPI documents are tested by Python 3.10 or newer with venv: install it, then run this again\n',
    )
    return 1
  }
  const commands = installRequirements({
    ...{ python, requirements: 'schemathesis.txt', folder: 'schemathesis' },
    announcement: 'Installing schemathesis (pip, 90 MB) ...',
  })
  if (commands === undefined) return 1
  const home = mkdtempSync(join(tmpdir(), 'headwater-openapi-'))
  const env = await environmentOf(home)
  try {
    for (const step of [['up', '--detach'], ['demo']]) {
      const { code, text: output } = await runStep(root, headwater, step, { env, isQuiet: true })
      if (code !== 0) {
        process.stderr.write(`${output}headwater ${step.join(' ')} failed\n`)
        return code
      }
    }
    const api = await testDocument('the API', `http://127.0.0.1:${env.API_PORT}`, commands)
    const gateway = await testDocument('the gateway', `http://127.0.0.1:${env.GATEWAY_PORT}`, commands)
    return api || gateway
  } finally {
    await runStep(root, headwater, ['stop'], { env, isQuiet: true })
    rmSync(home, { recursive: true, force: true })
  }
}

process.on('SIGINT', () => undefined) // reaches each step as well; this process ends after them
process.exitCode = await main()
