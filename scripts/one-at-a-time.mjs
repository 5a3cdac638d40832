import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const pollMs = 200

/**
 * Waits until no other process of this checkout installs or builds, and lets later calls wait until the returned function is called
 * or this process ends.
 */
export async function oneAtATime(root, onWait) {
  const folder = join(root, '.headwater')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'installing.pid')
  for (let isNoted = false; !claimed(file); ) {
    const holder = Number(textOf(file))
    if (Number.isInteger(holder) && holder > 0 && !isAlive(holder)) rmSync(file, { force: true })
    else {
      if (!isNoted) onWait(holder)
      isNoted = true
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}

function claimed(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
