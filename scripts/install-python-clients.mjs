#!/usr/bin/env node
// Installs the official OpenLineage clients into .headwater/python-clients for the tests that use them, unless they are there.
// Without Python it prints a warning that cannot be overlooked, and ends with 0.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestPython = [3, 9]

const line = '!'.repeat(100)
/** The warning where there is no Python. */
export const withoutPython = `\n${line}
NOT TESTED: the official OpenLineage clients (openlineage-python, dbt-ol)
No Python 3.9 or newer with venv was found. Install it (Debian: python3-venv) and run npm test again.
${line}\n`

const pythonClientsFolder = join(root, '.headwater', 'python-clients')

/** The command of a Python that is new enough; undefined without one. */
export function findPython() {
  return ['python3', 'python'].find((command) => {
    const script = 'import sys, venv, ensurepip; print(sys.version_info.major, sys.version_info.minor)'
    const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8' })
    if (status !== 0) return false
    const [major, minor] = stdout.trim().split(' ').map(Number)
    return major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1])
  })
}

/** @returns false without Python. If the installation fails it prints the reason, and the tests that need the clients fail. */
export function installPythonClients() {
  const python = findPython()
  if (python === undefined) {
    process.stdout.write(withoutPython)
    return false
  }
  const requirements = join(root, 'services', 'testing', 'python', 'requirements.txt')
  const installed = join(pythonClientsFolder, 'installed.txt')
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return true
  process.stdout.write('Installing the official OpenLineage clients (pip, 220 MB, a minute or two) ...\n')
  rmSync(pythonClientsFolder, { recursive: true, force: true })
  const pip = join(pythonClientsFolder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
  const isInstalled =
    succeeds(python, '-m', 'venv', pythonClientsFolder) &&
    succeeds(pip, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements)
  if (isInstalled) writeFileSync(installed, wanted)
  return true
}

function succeeds(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return true
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}The OpenLineage clients could not be installed\n`)
  process.exitCode = 1
  return false
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installPythonClients()
