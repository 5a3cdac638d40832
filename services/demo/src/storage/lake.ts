import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { addMetrics } from '@headwater/producer'

/** A file that exists. */
export type LakeFile = { readonly key: string; readonly path: string; readonly bytes: number }

export type Lake = ReturnType<typeof createLake>

/** Files in one directory. Keys are relative to it, so they do not depend on its path, which may contain spaces. */
export function createLake(folder: string) {
  const pathOf = (name: string) => join(folder, name)
  const keyOf = (name: string) => `lake://demo/${name}`

  /** Creates a file with a function that writes to the given path. */
  async function make(name: string, write: (path: string) => Promise<void>): Promise<LakeFile> {
    const path = pathOf(name)
    await mkdir(dirname(path), { recursive: true })
    await write(path)
    const { size: bytes } = await stat(path)
    addMetrics({ bytes })
    return { key: keyOf(name), path, bytes }
  }

  return {
    keyOf,
    urlOf: (name: string) => pathToFileURL(pathOf(name)).href,
    make,
    write: (name: string, text: string) => make(name, (path) => writeFile(path, text)),
    writeJson: (name: string, value: unknown) =>
      make(name, (path) => writeFile(path, `${JSON.stringify(value, null, 2)}\n`)),
    readJson: async <T>({ path }: LakeFile): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T,
  }
}
