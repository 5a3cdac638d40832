import { describe, expect, it } from 'vitest'
import { parseEvents } from '../../src/emit/parse-events.ts'

describe('events as text', () => {
  it.each([
    ['one value', '{"a":1}', [{ a: 1 }]],
    ['one value on several lines', '{\n"a":1\n}', [{ a: 1 }]],
    ['an array', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['one a line, empty lines between', '{"a":1}\n\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
  ])('may be %s', (_, text, values) => expect(parseEvents(text)).toEqual(values))

  it('are refused with the line that is not JSON', () => {
    expect(() => parseEvents('{"a":1}\n{"a":\n')).toThrow(/line 2/)
    expect(() => parseEvents('{"a":')).toThrow(/Invalid JSON input/)
    expect(() => parseEvents(' \n')).toThrow(/no events/)
  })
})
