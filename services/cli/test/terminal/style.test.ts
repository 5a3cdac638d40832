import { expect, it } from 'vitest'
import { createStyle } from '../../src/terminal/style.ts'

it('colours text only with colour enabled, and never an empty text', () => {
  expect(createStyle(false).red('x')).toBe('x')
  expect(createStyle(true).red('x')).toBe('\u001b[31mx\u001b[39m')
  expect(createStyle(true).red('')).toBe('')
})
