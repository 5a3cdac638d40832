import { decompressGzip } from './gzip.ts'
import { decompressLz4 } from './lz4.ts'
import { decompressSnappy } from './snappy.ts'
import { decompressZstd } from './zstd.ts'

/** @throws Error that the bytes cannot be decompressed, TooLargeError beyond `most` bytes */
type Decompress = (bytes: Buffer, most: number) => Promise<Buffer>

/** By the number in the attributes of a record batch. */
export const codecs: Readonly<Record<number, { readonly name: string; readonly decompress: Decompress } | undefined>> =
  {
    1: { name: 'gzip', decompress: decompressGzip },
    2: { name: 'snappy', decompress: decompressSnappy },
    3: { name: 'lz4', decompress: decompressLz4 },
    4: { name: 'zstd', decompress: decompressZstd },
  }
