import { expect, it } from 'vitest'
import { createStyle } from '../../src/terminal/style.ts'

it('paints only where there is colour, and never nothing', () => {
  expect(createStyle(false).red('x')).toBe('x')
  expect(createStyle(true).red('x')).toBe('\u001b[31mx\u001b[39m')
  expect(createStyle(true).red('')).toBe('')
})
