import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStack } from '../../src/index.ts'
import { fetchArtifacts } from '../../src/parts/artifacts.ts'
import { findOnPath } from './programs/find-on-path.ts'

// Programs written here stand in for Maven and Docker: what is tested is how their answers are taken.

let folder: string
let cache: string
let env: NodeJS.ProcessEnv
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater artifacts-'))
  cache = join(folder, 'the cache')
  mkdirSync(join(folder, 'bin'))
  for (const name of ['sh', 'tar', 'gzip', 'mkdir', 'touch', 'sleep', 'rm', 'cat'])
    symlinkSync(findOnPath(name), join(folder, 'bin', name))
  env = { PATH: join(folder, 'bin'), HOME: folder, HEADWATER_CACHE: cache }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(name: string, script: string): void {
  const file = join(folder, 'bin', name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

const maven = `
for argument; do case "$argument" in -DoutputDirectory=*) out="\${argument#*=}";; esac; done
echo run >> "${'$'}HOME/runs"
mkdir -p "$out" "$out/../unpacked" && touch "$out/kafka.jar" "$out/../unpacked/apicurio-registry-app-1-runner.jar"
tar -czf "$out/apicurio-registry-app-1-all.tar.gz" -C "$out/../unpacked" . && rm -r "$out/../unpacked"
`
const quietly = () => undefined
const start = () => startStack({ home: join(folder, 'home'), ports: { kafka: 0, registry: 0, clickhouse: 0 }, env })

test('what was fetched once is found again without Maven', async () => {
  program('mvn', maven)
  const first = await fetchArtifacts(cache, env, quietly)
  rmSync(join(folder, 'bin', 'mvn'))
  expect(await fetchArtifacts(cache, env, quietly)).toEqual(first)
  expect(first.registryJar).toMatch(/apicurio-registry-app-1-runner\.jar$/)
})

test('two first starts at once both get the whole', async () => {
  program('mvn', maven)
  const both = await Promise.all([fetchArtifacts(cache, env, quietly), fetchArtifacts(cache, env, quietly)])
  expect(both[0]).toEqual(both[1])
  expect(readdirSync(cache)).toHaveLength(1)
})

test('a failed fetch leaves nothing behind and reports the reason', async () => {
  program('mvn', `${maven}\necho "[ERROR] Could not transfer artifact: no route to host"; exit 1`)
  await expect(fetchArtifacts(cache, env, quietly)).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringContaining('no route to host'),
    retryable: true,
  })
  expect(readdirSync(cache)).toEqual([])
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
