import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that live for one statement, for the engine to read a body from. */
export interface Scratch {
  /** Writes a file, calls `work` with its path and removes it. */
  withFile<T>(data: Buffer, work: (path: string) => Promise<T>): Promise<T>
  remove(): void
}

/**
 * @param memory folder of a file system in memory, where there is one; what does not fit there goes to `disk`
 * @param disk folder of the engine's own, where such files may lie too
 */
export function openScratch(memory: string | undefined, disk: string): Scratch {
  const folder = join(disk, 'scratch')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const inMemory = memory !== undefined && existsSync(memory) ? ownFolder(memory) : undefined

  async function write(data: Buffer): Promise<string> {
    const name = randomUUID()
    if (inMemory !== undefined) {
      const path = join(inMemory, name)
      try {
        await writeFile(path, data)
        return path
      } catch (error) {
        await rm(path, { force: true })
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
    const path = join(folder, name)
    await writeFile(path, data)
    return path
  }

  return {
    async withFile(data, work) {
      const path = await write(data)
      try {
        return await work(path)
      } finally {
        await rm(path, { force: true })
      }
    },
    remove() {
      if (inMemory !== undefined) rmSync(inMemory, { recursive: true, force: true })
    },
  }
}

const prefix = 'headwater-'

/** A folder for this process; those of processes that were killed are removed, for they hold memory. */
function ownFolder(memory: string): string {
  for (const name of readdirSync(memory).filter((entry) => entry.startsWith(prefix))) {
    if (!holds(join(memory, name))) rmSync(join(memory, name), { recursive: true, force: true })
  }
  const folder = join(memory, `${prefix}${process.pid}-${randomUUID()}`)
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return folder
}

function holds(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
