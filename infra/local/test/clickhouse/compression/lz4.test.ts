import { expect, test } from 'vitest'
import { literalBlock, unpackBlock, unpackLz4Frames } from '../../../src/clickhouse/compression/lz4.ts'

// Frames as the reference implementation packs them.
const withChecksums =
  'BCJNGHxAYwAAAAAAAADWTwAAAPERSU5TRVJUIElOVE8gdCBGT1JNQVQgQ1NWCjAscm93CjEGABEyBgARMwYAETQGABE1BgARNgYAETcGABE4BgAROQYAEzE9AGAxLHJvdwrPHZy3AAAAAHFP2e0='
const nothing = 'BCJNGGBAggAAAAA='
const sql = `INSERT INTO t FORMAT CSV\n${Array.from({ length: 12 }, (_, n) => `${n},row\n`).join('')}`
const unpacked = (base64: string, limit = 1_000) => unpackLz4Frames(Buffer.from(base64, 'base64'), limit).toString()

test('a frame is unpacked, its size and checksums passed over', () => {
  expect(unpacked(withChecksums)).toBe(sql)
  expect(unpacked(nothing)).toBe('')
})

test('several frames are one body', () => {
  const frame = Buffer.from(withChecksums, 'base64')
  expect(unpackLz4Frames(Buffer.concat([frame, frame]), 1_000).toString()).toBe(sql + sql)
})

test('a block refers to the block before it, and a match overlaps itself', () => {
  const block = (...bytes: number[]) => [bytes.length, 0, 0, 0, ...bytes]
  const head = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0]
  const first = block(0x26, 97, 98, 2, 0, 0x10, 99) // ab, 10 bytes from 2 back, c
  const second = block(0x03, 13, 0, 0x10, 100) // 7 bytes from 13 back, d
  expect(unpackLz4Frames(Buffer.from([...head, ...first, ...second, 0, 0, 0, 0]), 1_000).toString()).toBe(
    'ababababababcabababad',
  )
})

test('what is larger than the limit is refused', () => {
  expect(() => unpacked(withChecksums, 50)).toThrow(/larger than 50 bytes.*QUERY_IS_TOO_LARGE/)
})

test('a frame cut short anywhere, or with any byte changed, ends in an error or other bytes, never beyond the data', () => {
  const frame = Buffer.from(withChecksums, 'base64')
  for (let length = 1; length < frame.length - 4; length++)
    expect(() => unpackLz4Frames(frame.subarray(0, length), 1_000)).toThrow(/invalid or cut short/)
  for (let at = 0; at < frame.length; at++) {
    const changed = Buffer.from(frame)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    try {
      expect(unpackLz4Frames(changed, 1 << 23).length).toBeLessThanOrEqual(1 << 23)
    } catch (error) {
      expect((error as Error).message).toMatch(/LZ4|larger/)
    }
  }
})

test.each([0, 1, 14, 15, 16, 269, 270, 271, 70_000])('a literal block of %s bytes is LZ4', (length) => {
  const bytes = Buffer.from(Array.from({ length }, (_, at) => at & 255))
  const target = Buffer.alloc(length)
  expect(unpackBlock(literalBlock(bytes), target, 0)).toBe(length)
  expect(target.equals(bytes)).toBe(true)
})
