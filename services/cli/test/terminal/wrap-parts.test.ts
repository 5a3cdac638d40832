import { expect, it } from 'vitest'
import { wrapParts } from '../../src/terminal/wrap-parts.ts'

it('fills lines with whole parts, and cuts only a part wider than a line', () => {
  const parts = ['shop/join', 'run 1', 'x'.repeat(30), 'last']
  expect(wrapParts(parts, undefined)).toEqual([`shop/join · run 1 · ${'x'.repeat(30)} · last`])
  const lines = wrapParts(parts, 20)
  expect(lines[0]).toBe('shop/join · run 1')
  expect(lines[1]).toMatch(/^ {2}x+…x+$/)
  expect(lines[2]).toBe('  last')
  expect(Math.max(...lines.map((line) => [...line].length))).toBe(20)
})
