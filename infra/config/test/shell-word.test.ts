import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shellWord } from '../src/shell-word.ts'

it.each([
  ['/home/ann/.headwater', '/home/ann/.headwater'],
  ['s3://lake/orders@v1', 's3://lake/orders@v1'],
  ['/home/ann/my data', "'/home/ann/my data'"],
  ["/home/ann/ann's", String.raw`'/home/ann/ann'\''s'`],
  ['', "''"],
  ['~ann', "'~ann'"],
])('%s is printed as %s', (text, word) => {
  expect(shellWord(text)).toBe(word)
})

it('is one word with the same text for a shell', () => {
  const texts = fc.array(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(texts, (words) => {
      const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
      const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
      expect(stdout).toBe(words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join(''))
    }),
    { numRuns: 30 },
  )
})
