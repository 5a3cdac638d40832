import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { root, sourceFiles } from './source-files.ts'

const page = readFileSync(`${root}docs/troubleshooting.md`, 'utf8')
const scripts = readdirSync(`${root}scripts`).filter((name) => name.endsWith('.mjs'))
const programs = [
  ...sourceFiles.map(({ text }) => text),
  ...scripts.map((name) => readFileSync(`${root}scripts/${name}`, 'utf8')),
  readFileSync(`${root}services/cli/bin/headwater.js`, 'utf8'),
].join('\n')

/** The words of each message between what differs; the sources are searched for them without the parts that they compute. */
const messages = [...page.matchAll(/^### (?=.*`)(.*)$/gm)]
  .flatMap(([, heading = '']) => [...heading.matchAll(/`([^`]*)`/g)].map(([, message = '']) => message))
  .filter((message) => message.includes(' '))

it('quotes messages', () => {
  expect(messages.length).toBeGreaterThan(15)
})

it.each(messages)('quotes what a program prints: %s', (message) => {
  const pieces = message.split(/\s*…[;:.]?\s*/).map((piece) => piece.replace(/^[\s(.);:]+|[\s(.]+$/g, ''))
  const words = pieces.filter((piece) => piece.length > 5 && !/^(?:or newer|is taken by)/.test(piece))
  expect(words.length).toBeGreaterThan(0)
  for (const piece of words) expect(programs).toContain(piece)
})
