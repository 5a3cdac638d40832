import fc from 'fast-check'
import { expect, it } from 'vitest'
import { factIdOf } from '../../src/fold/fact-id.ts'

const hex = (text: string | Uint8Array, start = 0) =>
  factIdOf(Buffer.from(text), start)
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('')

it('is MurmurHash3_x86_128, as other implementations have it', () => {
  expect(hex('')).toBe('00000000000000000000000000000000')
  expect(hex('a')).toBe('a794933c5556b01b5556b01b5556b01b')
  expect(hex('Hello, world!')).toBe('26acdba7f0638dfc402b42630afdd4c3')
  expect(hex('The quick brown fox jumps over the lazy dog')).toBe('2f1583c3ecee2c675d7bf66ce5e91d2c')
})

it('is that of the body alone, wherever it begins', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array({ maxLength: 9 }), (body, before) => {
      expect(hex(Buffer.concat([before, body]), before.length)).toBe(hex(body))
    }),
  )
})
