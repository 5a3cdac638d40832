import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { readKeysFile } from './change-keys-file.ts'
import type { KeyRecord } from './key-record.ts'

// Holds: `find` uses the last valid content of the file. Invalid content is logged once and otherwise ignored: removing the file
// revokes no key.

export type WatchKeysFileOptions = {
  readonly intervalMs?: number
  readonly warn: (line: string) => void
}

export type WatchedKeys = {
  readonly find: (id: string) => KeyRecord | undefined
  readonly close: () => void
}

/** Reads a keys file, and again whenever it changes. @throws KeysFileError if the first read fails */
export async function watchKeysFile(file: string, options: WatchKeysFileOptions): Promise<WatchedKeys> {
  const { intervalMs = 1_000, warn } = options
  let lastSignature = await signatureOf(file)
  let keys = byId(await readKeysFile(file))
  const reload = async () => {
    const signature = await signatureOf(file)
    if (signature === lastSignature) return
    lastSignature = signature // before the read: a change during the read gives a new signature
    try {
      keys = byId(await readKeysFile(file))
    } catch (error) {
      warn(`${(error as Error).message}; keeping the previous keys`)
    }
  }
  let isReloading = false
  const timer = setInterval(async () => {
    if (isReloading) return
    isReloading = true
    await reload()
    isReloading = false
  }, intervalMs).unref()
  return { find: (id) => keys.get(id), close: () => clearInterval(timer) }
}

const byId = (keys: readonly KeyRecord[]) => new Map(keys.map((key) => [key.id, key]))

const signatureOf = (file: string): Promise<string> =>
  stat(file, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats) => [dev, ino, size, mtimeNs, ctimeNs].join(':'),
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  )
