import { type FileHandle, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { shellWord } from '@headwater/config/shell-word'
import type { KeyRecord } from './key-record.ts'
import { KeysFileError } from './keys-file-error.ts'
import { formatKeysFile, parseKeysFile } from './parse-keys-file.ts'

// Holds: readers see the file before or after a change, never in between. Concurrent changes are not lost: the next content is
// written to `<file>.new`, which only one process can create.

/** The keys after a change, and its result for the caller. */
export type KeysChange<T> = { readonly keys: readonly KeyRecord[]; readonly result: T }

/** Changes a keys file, and creates it if missing. @throws KeysFileError, and what `change` throws */
export async function changeKeysFile<T>(
  path: string,
  change: (keys: readonly KeyRecord[]) => KeysChange<T>,
): Promise<T> {
  const file = await realpath(path).catch(() => path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.new`
  const handle = await openExclusive(next)
  try {
    const { keys, result } = change(await readKeysFile(file, []))
    await handle.writeFile(formatKeysFile(keys))
    await handle.sync()
    await handle.close()
    await rename(next, file)
    return result
  } catch (error) {
    await handle.close()
    await rm(next, { force: true })
    throw error
  }
}

/** @param missing the keys of a file that does not exist; if undefined, a missing file is an error. @throws KeysFileError */
export async function readKeysFile(file: string, missing?: readonly KeyRecord[]): Promise<readonly KeyRecord[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' && missing !== undefined) return undefined
    const why =
      cause.code === 'ENOENT'
        ? 'does not exist; create a key with: headwater keys create'
        : `cannot be read (${cause.code})`
    throw new KeysFileError(`${shellWord(file)} ${why}`, { cause })
  })
  return text === undefined ? (missing ?? []) : parseKeysFile(text, file)
}

async function openExclusive(file: string): Promise<FileHandle> {
  return open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'EEXIST'
        ? 'exists: another change is in progress, or one was interrupted; in that case remove it'
        : `cannot be written (${cause.code})`
    throw new KeysFileError(`${shellWord(file)} ${why}`, { cause })
  })
}
