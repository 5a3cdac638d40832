import { expect, it } from 'vitest'
import { hexdump } from '../../src/dlq/hexdump.ts'

it('shows bytes in hexadecimal and ASCII, and counts those left out', () => {
  expect(hexdump(Buffer.from('\u0000\u001b[2J plain text and more'), 18)).toEqual([
    '000000  00 1b 5b 32 4a 20 70 6c 61 69 6e 20 74 65 78 74  ..[2J plain text',
    '000010  20 61                                             a',
    'and 7 more bytes',
  ])
  expect(hexdump(Buffer.alloc(0), 16)).toEqual([])
})
