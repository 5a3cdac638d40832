import { promisify } from 'node:util'
import { unzip } from 'node:zlib'
import { TooLargeError } from './too-large.ts'

const unzipped = promisify<Buffer, { maxOutputLength: number }, Buffer>(unzip)

export async function decompressGzip(bytes: Buffer, most: number): Promise<Buffer> {
  try {
    return await unzipped(bytes, { maxOutputLength: most })
  } catch (error) {
    throw isTooLarge(error) ? new TooLargeError(most) : error
  }
}

/** What zlib throws when the output is longer than its limit. */
export const isTooLarge = (error: unknown): boolean => (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
