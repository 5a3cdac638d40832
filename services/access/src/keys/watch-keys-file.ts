import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { readKeysFile } from './change-keys-file.ts'
import type { KeyRecord } from './key-record.ts'

// Holds: `find` knows the keys of the last content that was whole and readable. What cannot be used is told once for each
// content, and changes nothing: a file that is gone revokes no key.

export type WatchKeysFileOptions = {
  readonly intervalMs?: number
  readonly warn: (line: string) => void
}

export type WatchedKeys = {
  readonly find: (id: string) => KeyRecord | undefined
  readonly close: () => void
}

/** Reads a keys file, and again whenever it changes. @throws KeysFileError when it cannot be used at first */
export async function watchKeysFile(file: string, options: WatchKeysFileOptions): Promise<WatchedKeys> {
  const { intervalMs = 1_000, warn } = options
  let seen = await signatureOf(file)
  let keys = byId(await readKeysFile(file))
  const look = async () => {
    const signature = await signatureOf(file)
    if (signature === seen) return
    seen = signature // before it is read: a change meanwhile gives another
    try {
      keys = byId(await readKeysFile(file))
    } catch (error) {
      warn(`${(error as Error).message}; the keys known before stay`)
    }
  }
  let isLooking = false
  const timer = setInterval(async () => {
    if (isLooking) return
    isLooking = true
    await look()
    isLooking = false
  }, intervalMs).unref()
  return { find: (id) => keys.get(id), close: () => clearInterval(timer) }
}

const byId = (keys: readonly KeyRecord[]) => new Map(keys.map((key) => [key.id, key]))

const signatureOf = (file: string): Promise<string> =>
  stat(file, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats) => [dev, ino, size, mtimeNs, ctimeNs].join(':'),
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  )
