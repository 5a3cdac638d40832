import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textList } from '../src/text-list.ts'

const texts = (parameters: Readonly<Record<string, string>>) =>
  Object.values(parameters).flatMap((field) => field.split('\u001f'))

it('keeps the texts, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[ -~]{1,40}$/), { minLength: 1 }), (list) => {
      expect(texts(textList('ids', list).parameters)).toEqual(list)
    }),
  )
})

it('keeps each parameter under what ClickHouse takes in a form field', () => {
  const list = Array.from({ length: 20_000 }, (_, index) => `0197a3c0-0000-7000-8000-${index}`)
  const { parameters, expression } = textList('ids', list)
  expect(texts(parameters)).toEqual(list)
  for (const [name, field] of Object.entries(parameters)) {
    expect(field.length).toBeLessThan(128 * 1024)
    expect(expression).toContain(`{${name}:String}`)
  }
})
