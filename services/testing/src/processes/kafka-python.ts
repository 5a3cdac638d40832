import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const environment = fileURLToPath(new URL('../../../../.headwater/python-kafka', import.meta.url))
const scripts = fileURLToPath(new URL('../../python', import.meta.url))

/**
 * Runs a script of `python/` with confluent-kafka, whose core is librdkafka.
 * @param input passed to it as JSON
 * @returns the JSON that it prints
 * @throws Error with what it wrote, or naming the command that installs it
 */
export async function runKafkaPython<T>(script: 'read_committed.py' | 'send_avro.py', input: object): Promise<T> {
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  if (!existsSync(join(environment, 'installed.txt')))
    throw new Error('confluent-kafka is not installed: node scripts/install-python-clients.mjs --kafka')
  const child = spawn(python, [join(scripts, script)], { stdio: 'pipe' })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  child.stdin.end(JSON.stringify(input))
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${errors.slice(-4_000)}`)
  return JSON.parse(output) as T
}
