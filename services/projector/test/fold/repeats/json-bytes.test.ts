import fc from 'fast-check'
import { expect, it } from 'vitest'
import { JsonBytes } from '../../../src/fold/repeats/json-bytes.ts'

const json = new JsonBytes()
/** Checks a text amid others, as it lies in an event. */
function isJson(text: string): boolean {
  const bytes = Buffer.from(text)
  const start = Buffer.from('"a":1,')
  return json.isJson(Buffer.concat([start, bytes, Buffer.from('"}],')]), start.length, start.length + bytes.length)
}
function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('takes what JSON.parse takes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json({ stringUnit: 'grapheme' }),
        fc.jsonValue().map((value) => JSON.stringify(value, null, '\t')),
      ),
      (text) => {
        expect(isJson(text)).toBe(true)
      },
    ),
  )
})

it('refuses what JSON.parse refuses', () => {
  const part = fc.constantFrom(
    ...'{}[]",:\\u0019-+.eEtrufalsn /\u0001'.split(''),
    'true',
    'null',
    '""',
    'ü',
    '\ufeff',
    '"a"',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      expect(isJson(text)).toBe(parses(text))
    }),
    { numRuns: 20_000 },
  )
})

it('refuses what is nested deeper than 64, and says where there are other characters than ASCII', () => {
  expect([64, 65].map((depth) => isJson('['.repeat(depth) + ']'.repeat(depth)))).toEqual([true, false])
  expect([isJson('"ü"'), json.hasHighBytes, isJson('"u"'), json.hasHighBytes]).toEqual([true, true, true, false])
})
