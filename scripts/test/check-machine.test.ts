import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineProblemOf, fullDisks, judgeFacts } from '../check-machine.mjs'
import { root } from './source-files.ts'

const fit = { missing: [], engineProblem: undefined, hasDocker: false, full: [], memoryMb: 8_000 }
const textOf = (facts: Partial<Parameters<typeof judgeFacts>[0]>) => judgeFacts({ ...fit, ...facts }).lines.join('\n')

describe('a machine', () => {
  it('that has everything starts without a word', () => {
    expect(judgeFacts(fit)).toEqual({ verdict: 'start', lines: [] })
  })

  it('without Java and Maven is told both at once, and how to install each', () => {
    const missing = ['Java 17 or newer (found 11)', 'Maven 3.8 or newer']
    expect(judgeFacts({ ...fit, missing }).verdict).toBe('stop')
    const text = textOf({ missing })
    for (const words of ['found 11', 'Maven 3.8', 'Debian: apt-get', 'macOS: brew', 'Docker', 'KAFKA_BROKERS']) {
      expect(text).toContain(words)
    }
    expect(textOf({ missing: ['Maven 3.8 or newer'] })).not.toContain('To install Java')
  })

  it('without Java but with Docker uses Docker, and reports why', () => {
    const facts = { ...fit, missing: ['Java 17 or newer'], hasDocker: true }
    expect(judgeFacts(facts)).toMatchObject({ verdict: 'docker', lines: [expect.stringContaining('Java 17 or newer')] })
  })

  it('with a full disk stops, with what is needed and what is free', () => {
    const full = [{ folder: '/work', neededMb: 1_300, freeMb: 12 }]
    expect(judgeFacts({ ...fit, full, hasDocker: true }).verdict).toBe('stop')
    expect(textOf({ full })).toContain('1300 MB of free disk space for /work: 12 MB are free')
  })

  it('with little memory starts, with a warning', () => {
    expect(judgeFacts({ ...fit, memoryMb: 1_000 })).toMatchObject({
      verdict: 'start',
      lines: [expect.stringContaining('1000 MB of memory')],
    })
  })
})

it.each([
  ['linux', 'x64', false, undefined],
  ['linux', 'arm64', false, undefined],
  ['darwin', 'arm64', false, undefined],
  ['linux', 'x64', true, 'musl'],
  ['linux', 'riscv64', false, 'riscv64'],
  ['win32', 'x64', false, 'WSL 2'],
])('the engine on %s %s (musl: %s)', (platform, arch, musl, words) => {
  const problem = engineProblemOf(platform, arch, musl)
  if (words === undefined) expect(problem).toBeUndefined()
  else expect(problem).toContain(words)
})

it('space is counted together where folders share a file system', () => {
  const folders = ['/a/one', '/a/two', '/b/one'].map((folder) => ({ folder, neededMb: 100 }))
  const disks = { deviceOf: (folder: string) => folder[1], freeMbOf: () => 150 }
  expect(fullDisks(folders, disks)).toEqual([{ folder: '/a/one', neededMb: 200, freeMb: 150 }])
})

/** A fresh copy of what `npm start` reads, and a PATH with Node and the given programs only. */
function freshClone(programs: Readonly<Record<string, string>>) {
  const clone = mkdtempSync(join(tmpdir(), 'headwater fresh '))
  for (const part of ['scripts', 'package.json', 'package-lock.json', 'infra/local/src/stack', 'infra/local/maven']) {
    cpSync(join(root, part), join(clone, part), { recursive: true })
  }
  const bin = join(clone, 'bin')
  mkdirSync(bin)
  symlinkSync(process.execPath, join(bin, 'node'))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const env = { PATH: bin, HOME: clone, HEADWATER_CACHE: join(clone, 'cache') }
  const { status, stdout, stderr } = spawnSync(join(bin, 'node'), ['scripts/start.mjs', '--detach'], {
    cwd: clone,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr, isInstalled: existsSync(join(clone, 'node_modules')) }
}

const npm = 'echo "npm $*" >&2; exit 1'

describe('npm start on a fresh clone', () => {
  it('without Java and Maven ends before anything is fetched', () => {
    const { status, stderr, isInstalled } = freshClone({ npm })
    expect({ status, isInstalled }).toEqual({ status: 1, isInstalled: false })
    expect(stderr).toMatch(/ - Java 17 or newer\n {2}- Maven 3\.8 or newer\n/)
    expect(stderr).not.toContain('npm ci')
  })

  it('with a Java that is too old names its version', () => {
    const java = `echo 'openjdk version "11.0.2" 2019-01-15' >&2`
    expect(freshClone({ npm, java, mvn: 'true' }).stderr).toContain(' - Java 17 or newer (found 11)\n')
  })

  it('with Java and Maven installs', () => {
    const java = `echo 'openjdk version "17.0.2" 2022-01-18' >&2`
    expect(freshClone({ npm, java, mvn: 'true' }).stderr).toContain('npm ci')
  })

  it('with Docker only starts the official images, and installs nothing', () => {
    const result = freshClone({ npm, docker: 'case "$2" in up) echo "docker $*";; esac' })
    expect(result).toMatchObject({ status: 0, isInstalled: false })
    expect(result.stdout).toContain('docker compose up --detach --wait\n')
    expect(result.stdout).toContain('docker compose --profile demo up demo')
    expect(result.stderr).toContain('Java 17 or newer')
  })
})
