// What a first `npm start` needs of this machine, looked for before anything is fetched. Plain Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync, statSync } from 'node:fs'
import { homedir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import {
  artifactsFolder,
  cacheFolder,
  installHints,
  javaVersionOf,
  missingPrograms,
} from '../infra/local/src/stack/needed-programs.mjs'

const megabyte = 1024 * 1024
/** What a first start writes, in MB: node_modules and the cache of npm; Kafka and the registry, and the repository of Maven; data. */
const sizes = { dependencies: 950, npmCache: 350, artifacts: 310, mavenRepository: 220, data: 300 }
const leastMemoryMb = 3_000

/** What is found on this machine, with the programs on the PATH of `env`. */
export function findFacts(root, env) {
  const cache = cacheFolder(env)
  const isFetched = existsSync(artifactsFolder(cache, join(root, 'infra', 'local', 'maven')))
  const needsJvm = !env.KAFKA_BROKERS || !env.SCHEMA_REGISTRY_URL
  const missing = needsJvm ? missingPrograms(findPrograms(env, isFetched), isFetched) : []
  const engineProblem = env.CLICKHOUSE_URL ? undefined : engineProblemOf(process.platform, process.arch, isMusl())
  const isUnfit = missing.length > 0 || engineProblem !== undefined
  return {
    missing,
    engineProblem,
    hasDocker: isUnfit && hasDocker(env),
    full: fullDisks(folderSizes(root, env, { cache, fetches: needsJvm && !isFetched })),
    memoryMb: Math.min(totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY) / megabyte,
  }
}

/**
 * @typedef {{ folder: string, neededMb: number }} FolderSize
 * @typedef {object} Facts
 * @property {readonly string[]} missing programs, as a user installs them
 * @property {string | undefined} engineProblem why the ClickHouse engine does not run on this system
 * @property {boolean} hasDocker looked for only if something is missing
 * @property {readonly (FolderSize & { freeMb: number })[]} full file systems without enough room
 * @property {number} memoryMb
 */

/**
 * What follows from the facts: to `start`, to use `docker` instead, or to `stop` since something is missing.
 * @param {Facts} facts
 * @returns {{ verdict: 'start' | 'docker' | 'stop', lines: string[] }} lines for the user, empty when there is nothing to report
 */
export function judgeFacts({ missing, engineProblem, hasDocker, full, memoryMb }) {
  const unfit = [...missing, ...(engineProblem === undefined ? [] : [engineProblem])]
  const disks = full.map(
    ({ folder, neededMb, freeMb }) => `${neededMb} MB of free disk space for ${folder}: ${freeMb} MB are free`,
  )
  if (disks.length === 0 && unfit.length > 0 && hasDocker) {
    return {
      verdict: 'docker',
      lines: [`Missing here: ${unfit.join('; ')}. Docker is running, so the official images are used instead`],
    }
  }
  if (unfit.length + disks.length > 0) {
    const title = 'Headwater cannot start here yet; nothing was installed or fetched. It needs'
    return {
      verdict: 'stop',
      lines: [title, ...[...unfit, ...disks].map((line) => `  - ${line}`), ...remedies(missing, engineProblem)],
    }
  }
  const isSmall = memoryMb < leastMemoryMb
  const warning = `This machine has ${Math.round(memoryMb)} MB of memory. Headwater and its demo use about ${leastMemoryMb} MB: it may be slow, or processes may be ended`
  return { verdict: 'start', lines: isSmall ? [warning] : [] }
}

function remedies(missing, engineProblem) {
  if (missing.length === 0 && engineProblem === undefined) return []
  const hints = Object.entries(installHints).filter(([program]) =>
    missing.some((each) => each.toLowerCase().startsWith(program)),
  )
  return [
    ...hints.map(([program, hint]) => `To install ${program === 'java' ? 'Java' : 'Maven'}. ${hint}`),
    'Or install Docker, start it, and run npm start again. Or use parts that run elsewhere: KAFKA_BROKERS, SCHEMA_REGISTRY_URL, CLICKHOUSE_URL',
  ]
}

function findPrograms(env, isFetched) {
  const java = outputOf('java', ['-version'], env)
  return {
    java: java === undefined ? undefined : javaVersionOf(java),
    maven: isFetched || outputOf('mvn', ['--version'], env) !== undefined,
  }
}

const hasDocker = (env) =>
  outputOf('docker', ['compose', 'version'], env) !== undefined &&
  outputOf('docker', ['version', '--format', '{{.Server.Version}}'], env) !== undefined

/** What a program prints; undefined when it cannot be started or fails. */
function outputOf(command, args, env) {
  // mvn is a script on Windows, which only a shell starts.
  const options = { env, encoding: 'utf8', timeout: 20_000, shell: process.platform === 'win32' }
  const { status, stdout, stderr } = spawnSync(command, args, options)
  return status === 0 ? `${stdout}${stderr}` : undefined
}

/**
 * Why the ClickHouse engine does not run on a system; undefined where it does.
 * @param {string} platform
 * @param {string} arch
 * @param {boolean} musl
 * @returns {string | undefined}
 */
export function engineProblemOf(platform, arch, musl) {
  const isKnown = (platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64')
  const supported = 'the ClickHouse engine runs on Linux with glibc and on macOS, x64 or arm64'
  if (!isKnown)
    return `another system than ${platform} ${arch}: ${supported}${platform === 'win32' ? '; on Windows, use WSL 2' : ''}`
  return musl ? `another Linux than this one, which has musl instead of glibc: ${supported}` : undefined
}

const isMusl = () => process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined

function folderSizes(root, env, { cache, fetches }) {
  const home = env.HOME || homedir()
  return [
    { folder: join(root, 'node_modules'), neededMb: sizes.dependencies },
    { folder: env.npm_config_cache || join(home, '.npm'), neededMb: sizes.npmCache },
    ...(fetches
      ? [
          { folder: cache, neededMb: sizes.artifacts },
          { folder: join(home, '.m2'), neededMb: sizes.mavenRepository },
        ]
      : []),
    { folder: env.HEADWATER_HOME || join(root, '.headwater'), neededMb: sizes.data },
  ]
}

/**
 * The file systems without room for what is written to them.
 * @param {readonly FolderSize[]} folders
 * @param {{ deviceOf: (folder: string) => unknown, freeMbOf: (folder: string) => number }} disks
 * @returns {(FolderSize & { freeMb: number })[]}
 */
export function fullDisks(folders, { deviceOf, freeMbOf } = { deviceOf: device, freeMbOf: freeMb }) {
  const byDevice = new Map()
  for (const { folder, neededMb } of folders) {
    const id = deviceOf(folder)
    const before = byDevice.get(id) ?? { folder, neededMb: 0 }
    byDevice.set(id, { folder: before.folder, neededMb: before.neededMb + neededMb })
  }
  return [...byDevice.values()]
    .map((disk) => ({ ...disk, freeMb: Math.floor(freeMbOf(disk.folder)) }))
    .filter(({ neededMb, freeMb: free }) => free < neededMb)
}

const existing = (folder) => (existsSync(folder) ? folder : existing(dirname(folder)))
const device = (folder) => statSync(existing(folder)).dev
function freeMb(folder) {
  const { bavail, bsize } = statfsSync(existing(folder))
  return (bavail * bsize) / megabyte
}
