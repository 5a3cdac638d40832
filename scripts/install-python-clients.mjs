#!/usr/bin/env node
// Installs the official OpenLineage clients into .headwater/python-clients for the tests that use them, unless they are there.
// With --kafka it installs Kafka's client on librdkafka in their place, which long tests compare with.
// Without Python it prints a warning that cannot be overlooked, and ends with 0.
import { fileURLToPath } from 'node:url'
import { findPython, installRequirements } from './install-python.mjs'

const line = '!'.repeat(100)
/** The warning where there is no Python. */
export const withoutPython = `\n${line}
NOT TESTED: the official OpenLineage clients (openlineage-python, dbt-ol)
No Python 3.9 or newer with venv was found. Install it (Debian: python3-venv) and run npm test again.
${line}\n`

/** @returns false without Python. If the installation fails it prints the reason, and the tests that need the clients fail. */
export function installPythonClients() {
  const python = findPython([3, 9])
  if (python === undefined) {
    process.stdout.write(withoutPython)
    return false
  }
  const commands = installRequirements({
    ...{ python, requirements: 'requirements.txt', folder: 'python-clients' },
    announcement: 'Installing the official OpenLineage clients (pip, 220 MB, a minute or two) ...',
  })
  if (commands !== undefined) return true
  process.stderr.write('The OpenLineage clients could not be installed\n')
  process.exitCode = 1
  return true
}

/** @returns false without Python, or where the installation fails, which is printed */
export function installKafkaPython() {
  const python = findPython([3, 9])
  const commands =
    python &&
    installRequirements({
      ...{ python, requirements: 'kafka.txt', folder: 'python-kafka' },
      announcement: "Installing Kafka's client for Python (pip, 90 MB, some seconds) ...",
    })
  if (commands === undefined) process.stderr.write("NOT TESTED: Kafka's client for Python (confluent-kafka)\n")
  return commands !== undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.argv.includes('--kafka') ? installKafkaPython() : installPythonClients()
