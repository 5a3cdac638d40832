// npm run lock: writes the integrity that package-lock.json lacks, as the registry states it. npm leaves it out of entries that it did
// not install itself: those for other platforms.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))

/** The SHA-512 of a package; undefined where the registry does not serve it. */
function integrityOf(name, version) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore']
    return execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], { encoding: 'utf8', stdio }).trim()
  } catch {
    return undefined
  }
}

for (const [path, { version, ...rest }] of Object.entries(lock.packages)) {
  if (!path.includes('node_modules/') || rest.link === true || rest.integrity !== undefined) continue
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const integrity = integrityOf(name, version)
  process.stdout.write(`${name}@${version}: ${integrity ?? 'not served by this registry'}\n`)
  if (integrity !== undefined) lock.packages[path] = { version, integrity, ...rest }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
