import { expect, it } from 'vitest'
import { crc32c } from '../../src/fetch/crc32c.ts'

it('computes the known checksums, wherever the bytes begin and end', () => {
  expect(crc32c(Buffer.from('123456789')) >>> 0).toBe(0xe3069283)
  expect(crc32c(Buffer.alloc(32)) >>> 0).toBe(0x8a9136aa)
  expect(crc32c(Buffer.alloc(32, 0xff)) >>> 0).toBe(0x62a8ab43)
  const ascending = Buffer.from(Array.from({ length: 32 }, (_, n) => n))
  for (let before = 0; before < 8; before++) {
    const moved = Buffer.concat([Buffer.alloc(before), ascending]).subarray(before)
    expect(crc32c(moved) >>> 0).toBe(0x46dd794e)
  }
})
