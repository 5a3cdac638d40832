import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** SHA-256 in hexadecimal, by file name; of a folder by its name and a slash. */
export type Checksums = ReadonlyMap<string, string>

/** Reads lines as `sha256sum` prints them. */
export async function readChecksums(file: string): Promise<Checksums> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

export const checksumsText = (checksums: Checksums): string =>
  [...checksums].map(([name, sum]) => `${sum}  ${name}\n`).join('')

export async function checksumOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** Checksums of the files in a folder and below, by their path with slashes, sorted by it. */
export async function checksumsOfFiles(folder: string): Promise<Checksums> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  const names = files.map((file) => relative(folder, file).split(sep).join('/')).sort()
  const sums = await Promise.all(names.map(async (name) => [name, await checksumOfFile(join(folder, name))] as const))
  return new Map(sums)
}

/** One checksum of all files in a folder and below: of their names and contents. */
export async function checksumOfFolder(folder: string): Promise<string> {
  return createHash('sha256')
    .update(checksumsText(await checksumsOfFiles(folder)))
    .digest('hex')
}

/** What differs from the pinned checksums, as one sentence about the first file; undefined where nothing does. */
export function findMismatch(found: Checksums, pinned: Checksums): string | undefined {
  for (const [name, sum] of found) {
    const expected = pinned.get(name)
    if (expected === undefined) return `${name} is not among the files to expect`
    if (expected !== sum) return `${name} has SHA-256 ${sum}, expected ${expected}`
  }
  const missing = [...pinned.keys()].find((name) => !found.has(name))
  return missing === undefined ? undefined : `${missing} is missing`
}
