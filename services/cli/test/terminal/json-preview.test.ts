import { expect, it } from 'vitest'
import { jsonPreview } from '../../src/terminal/json-preview.ts'

it('shows a string as it is, other values as JSON, and cuts long ones', () => {
  expect(jsonPreview('select 1\nfrom x')).toBe('select 1 from x')
  expect(jsonPreview({ a: [1, null] })).toBe('{"a":[1,null]}')
  expect(jsonPreview('é'.repeat(101))).toBe(`${'é'.repeat(99)}…`)
})
