import { describe, expect, it } from 'vitest'
import { displayWidth, padToWidth } from '../../src/terminal/display-width.ts'
import { fit } from '../../src/terminal/fit.ts'

describe('the width of text in a terminal', () => {
  it.each([
    ['ascii', 5],
    ['日本語', 6],
    ['e\u0301te\u0301', 3],
    ['👍🏽', 2],
    ['│ ✓ …', 5],
  ])('%s is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
    expect(padToWidth(text, 8)).toBe(text + ' '.repeat(8 - width))
  })
})

describe('text cut to a width', () => {
  it.each([
    ['s3://lake/orders', 10, 's3:…orders'],
    ['s3://湖/注文/日本語', 10, 's3:…日本語'],
    ['s3://lake/e\u0301te\u0301', 6, 's…ete'.replace('ete', 'e\u0301te\u0301').replace('s…', 's…/')],
    ['short', 10, 'short'],
    ['any', 1, '…'],
    ['any', 0, ''],
  ])('%s at %i is %s', (text, width, cut) => {
    expect(fit(text, width)).toBe(cut)
    expect(displayWidth(cut)).toBeLessThanOrEqual(width)
  })
})
