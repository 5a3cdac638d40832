// npm run lock: completes package-lock.json. What the committed one knows of unchanged versions stays; the integrity that then lacks is
// written as the registry states it. npm leaves it out of entries that it did not install itself: those for other platforms.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keepLockEntries, nameIn, withIntegrity } from './keep-lock-entries.mjs'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))

/** What a program prints; undefined where it fails. */
function outputOf(program, args) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore']
    return execFileSync(program, args, { cwd: dirname(file), encoding: 'utf8', maxBuffer: 64 << 20, stdio }).trim()
  } catch {
    return undefined
  }
}

const committed = outputOf('git', ['show', 'HEAD:./package-lock.json'])
lock.packages = keepLockEntries(lock.packages, committed === undefined ? {} : JSON.parse(committed).packages)

for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path.includes('node_modules/') || entry.link === true || entry.integrity !== undefined) continue
  const id = `${nameIn(path)}@${entry.version}`
  const integrity = outputOf('npm', ['view', id, 'dist.integrity'])
  process.stdout.write(`${id}: ${integrity ?? 'not served by this registry'}\n`)
  if (integrity !== undefined) lock.packages[path] = withIntegrity(entry, integrity)
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
