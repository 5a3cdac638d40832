// Python tools of the tests, each in a virtual environment of its own under .headwater.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The command of a Python of at least this version, with venv; undefined without one. */
export function findPython([oldestMajor, oldestMinor]) {
  return ['python3', 'python'].find((command) => {
    const script = 'import sys, venv, ensurepip; print(sys.version_info.major, sys.version_info.minor)'
    const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8' })
    if (status !== 0) return false
    const [major, minor] = stdout.trim().split(' ').map(Number)
    return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
  })
}

/**
 * Installs a requirements file of services/testing/python into .headwater/<folder>, unless it is there.
 * @returns the folder of its commands; undefined, with the reason on stderr, when that fails
 */
export function installRequirements({ python, requirements, folder, announcement }) {
  const environment = join(root, '.headwater', folder)
  const commands = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin')
  const file = join(root, 'services', 'testing', 'python', requirements)
  const installed = join(environment, 'installed.txt')
  const wanted = readFileSync(file, 'utf8')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return commands
  process.stdout.write(`${announcement}\n`)
  rmSync(environment, { recursive: true, force: true })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', file]
  if (!succeeds(python, '-m', 'venv', environment) || !succeeds(join(commands, 'python'), ...pip)) return undefined
  writeFileSync(installed, wanted)
  return commands
}

function succeeds(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return true
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  return false
}
