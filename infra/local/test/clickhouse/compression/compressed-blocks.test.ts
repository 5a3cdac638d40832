import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { compressedBlocks, unpackCompressedBlocks } from '../../../src/clickhouse/compression/compressed-blocks.ts'

async function* pieces(...all: Buffer[]): AsyncIterable<Uint8Array> {
  yield* all
}
const packed = (...all: Buffer[]) => buffer(compressedBlocks(pieces(...all)))
const long = Buffer.alloc(2_500_000, 'some row\n')

test('blocks give back what they were made of', async () => {
  const blocks = await packed(Buffer.from('x'), long, Buffer.from('end'))
  expect(
    unpackCompressedBlocks(blocks, 3_000_000).equals(Buffer.concat([Buffer.from('x'), long, Buffer.from('end')])),
  ).toBe(true)
})

test('an answer without bytes has no block', async () => {
  expect(await packed(Buffer.alloc(0))).toHaveLength(0)
  expect(unpackCompressedBlocks(Buffer.alloc(0), 1)).toHaveLength(0)
})

test('a block that is not compressed is accepted, as drivers send what does not get smaller', async () => {
  // Checksum by github.com/ClickHouse/ch-go, method None.
  const block = Buffer.from('5qFrT0JDRoz4YxO0jAk5BwIRAAAACAAAAFNFTEVDVCAx', 'base64')
  expect(unpackCompressedBlocks(block, 100).toString()).toBe('SELECT 1')
})

test('damaged, cut short, too large or of another method is refused', async () => {
  const block = await packed(Buffer.from('SELECT 1'))
  for (let at = 0; at < block.length; at++) {
    const changed = Buffer.from(block)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unpackCompressedBlocks(changed, 100)).toThrow(/CHECKSUM_DOESNT_MATCH/)
  }
  for (let length = 1; length < block.length; length++)
    expect(() => unpackCompressedBlocks(block.subarray(0, length), 100)).toThrow(/CHECKSUM_DOESNT_MATCH/)
  expect(() => unpackCompressedBlocks(block, 7)).toThrow(/QUERY_IS_TOO_LARGE/)
  expect(() =>
    unpackCompressedBlocks(
      Buffer.from('C2anMkfBqfcXzp4j44yt+ZAeAAAACAAAACi1L/0EAEEAAFNFTEVDVCAxunUmsw==', 'base64'),
      100,
    ),
  ).toThrow(/choose LZ4/)
})
