import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/body/parse-json.ts'

const parse = (text: string) => parseJson(Buffer.from(text))

describe('parsing a body', () => {
  it('gives the same value as JSON.parse', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parse(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('ignores a byte order mark', () => {
    expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 })
  })

  it('refuses invalid JSON with line and column', () => {
    expect(() => parse('{\n  "a": 1,\n  "b": x\n}')).toThrow(
      expect.objectContaining({ code: 'INVALID_JSON', facts: { position: 19, line: 3, column: 8 } }),
    )
    for (const text of ['', ' ', '{', '[1,]', '{"a":1} x', "{'a':1}", '{"a":1', '"\u0001"', '01', '// a\n1', 'nul'])
      expect(() => parse(text), text).toThrow(expect.objectContaining({ code: 'INVALID_JSON' }))
  })

  it('refuses invalid UTF-8 with the offset', () => {
    expect(() => parseJson(Buffer.from([0x22, 0x61, 0xff, 0x22]))).toThrow(
      expect.objectContaining({ code: 'INVALID_TEXT', message: expect.stringContaining('byte at offset 2') }),
    )
    expect(() => parseJson(Buffer.from('"ä"', 'latin1'))).toThrow(expect.objectContaining({ code: 'INVALID_TEXT' }))
  })

  it('allows a nesting of 100 levels and no more', () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`
    expect(parse(nested(100))).toBeDefined()
    expect(() => parse(nested(102))).toThrow(expect.objectContaining({ code: 'JSON_TOO_DEEP' }))
    expect(() => parse('['.repeat(1_000_000))).toThrow(expect.objectContaining({ code: 'JSON_TOO_DEEP' }))
  })

  it('ignores brackets inside strings', () => {
    const text = JSON.stringify({ a: `"\\${'[{'.repeat(500)}\\"` })
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  it('does not change prototypes through names like __proto__', () => {
    const value = parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
    expect({}).not.toHaveProperty('polluted')
  })
})
