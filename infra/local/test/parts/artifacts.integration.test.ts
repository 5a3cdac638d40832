import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStack } from '../../src/index.ts'
import { artifactsIn, fetchArtifacts } from '../../src/parts/artifacts.ts'
import { type Checksums, checksumOfFile, checksumOfFolder } from '../../src/parts/checksums.ts'
import { findOnPath } from './programs/find-on-path.ts'

// Programs written here stand in for Maven and Docker: what is tested is how their answers are taken.

let folder: string
let cache: string
let pinned: Checksums
let env: NodeJS.ProcessEnv
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater artifacts-'))
  cache = join(folder, 'the cache')
  mkdirSync(join(folder, 'bin'))
  for (const name of ['sh', 'tar', 'gzip', 'mkdir', 'touch', 'sleep', 'rm', 'cat', 'cp'])
    symlinkSync(findOnPath(name), join(folder, 'bin', name))
  env = { PATH: join(folder, 'bin'), HOME: folder, HEADWATER_CACHE: cache }
  const registry = join(folder, 'registry')
  mkdirSync(registry)
  writeFileSync(join(registry, 'apicurio-registry-app-1-runner.jar'), '')
  execFileSync('tar', ['-czf', join(folder, 'registry.tar.gz'), '-C', registry, '.'])
  pinned = new Map([
    ['apicurio-registry-app-1-all.tar.gz', await checksumOfFile(join(folder, 'registry.tar.gz'))],
    ['kafka.jar', await checksumOfFile(join(registry, 'apicurio-registry-app-1-runner.jar'))],
    ['registry/', await checksumOfFolder(registry)],
  ])
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(name: string, script: string): void {
  const file = join(folder, 'bin', name)
  rmSync(file, { force: true }) // may be a link to the real program
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

const maven = `
for argument; do case "$argument" in -DoutputDirectory=*) out="\${argument#*=}";; esac; done
echo run >> "${'$'}HOME/runs"
mkdir -p "$out" && touch "$out/kafka.jar" && cp "$HOME/registry.tar.gz" "$out/apicurio-registry-app-1-all.tar.gz"
`
const fetch = () => fetchArtifacts(cache, env, () => undefined, pinned)
const start = () => startStack({ home: join(folder, 'home'), ports: { kafka: 0, registry: 0, clickhouse: 0 }, env })

test('what was fetched once is found again without Maven', async () => {
  program('mvn', maven)
  const first = await fetch()
  rmSync(join(folder, 'bin', 'mvn'))
  expect(await fetch()).toEqual(first)
  expect(first.registryJar).toMatch(/apicurio-registry-app-1-runner\.jar$/)
})

test('two first starts at once both get the whole', async () => {
  program('mvn', maven)
  const both = await Promise.all([fetch(), fetch()])
  expect(both[0]).toEqual(both[1])
  expect(readdirSync(cache)).toHaveLength(1)
})

test('a failed fetch leaves nothing behind and reports the reason', async () => {
  program('mvn', `${maven}\necho "[ERROR] Could not transfer artifact: no route to host"; exit 1`)
  await expect(fetch()).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringContaining('no route to host'),
    retryable: true,
  })
  expect(readdirSync(cache)).toEqual([])
})

test.each([
  ['has other content', 'echo evil > "$out/kafka.jar"', 'kafka.jar has SHA-256'],
  ['is one too many', 'touch "$out/evil.jar"', 'evil.jar is not among the files to expect'],
  ['is missing', 'rm "$out/kafka.jar"', 'kafka.jar is missing'],
])('a fetched file that %s is refused before anything of it is used', async (_, change, message) => {
  program('mvn', `${maven}\n${change}`)
  program('tar', 'touch "$HOME/unpacked"')
  await expect(fetch()).rejects.toMatchObject({
    code: 'CHECKSUM_MISMATCH',
    message: expect.stringContaining(message),
    retryable: false,
  })
  expect(readdirSync(cache)).toEqual([])
  expect(existsSync(join(folder, 'unpacked'))).toBe(false)
})

test.each([
  ['kafka/kafka.jar', 'kafka.jar has SHA-256'],
  ['kafka/evil.jar', 'evil.jar is not among the files to expect'],
  ['registry/apicurio-registry-app-1-runner.jar', 'registry/ has SHA-256'],
  ['registry/lib/evil.jar', 'registry/ has SHA-256'],
])('a change of %s in the cache is refused at the next start', async (file, message) => {
  program('mvn', maven)
  await fetch()
  const changed = join(cache, readdirSync(cache)[0]!, file)
  mkdirSync(dirname(changed), { recursive: true })
  writeFileSync(changed, 'evil')
  await expect(artifactsIn(cache, pinned)).rejects.toMatchObject({
    code: 'CHECKSUM_MISMATCH',
    message: expect.stringContaining(message),
  })
})

test('without Java, Maven and Docker one line names what to install', async () => {
  await expect(start()).rejects.toMatchObject({
    code: 'PREREQUISITES_MISSING',
    message: expect.stringMatching(/^Missing Java 17 or newer and Maven .*Install them.*$/),
  })
})

test('without Java but with a Docker engine, the error names Docker', async () => {
  program('docker', 'echo 27.0.1')
  await expect(start()).rejects.toMatchObject({ code: 'DOCKER_INSTEAD' })
})

test('a docker command without an engine does not count as Docker', async () => {
  program('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1')
  await expect(start()).rejects.toMatchObject({ code: 'PREREQUISITES_MISSING' })
})

test('an old Java is named with its version', async () => {
  program('java', `echo 'openjdk version "1.8.0_392"' >&2`)
  program('mvn', maven)
  await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('Java 17 or newer (found 8)') })
})
