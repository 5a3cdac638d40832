import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problems } from '../../services/api/src/errors.ts'
import { problems as gatewayProblems } from '../../services/gateway/src/errors.ts'
import { root, sourceFiles } from './source-files.ts'

// A list of codes is a union of literals named ...Code, an object whose keys are such a type, or a class with one code.
// Codes of health are part of answers, not errors.
const unions = sourceFiles.flatMap(({ text }) =>
  [...text.matchAll(/type (\w+Code) =((?:\s*\|?\s*'[A-Z_]+')+)/g)].map(([, owner = '', body = '']) => ({
    owner,
    codes: body.match(/[A-Z_]{3,}/g) ?? [],
  })),
)
const classes = sourceFiles.flatMap(({ text }) =>
  [...text.matchAll(/class (\w+) extends Error \{\s*readonly code = '([A-Z_]+)'/g)].map(
    ([, owner = '', code = '']) => ({
      owner,
      codes: [code],
    }),
  ),
)
const deadLetters = sourceFiles
  .filter(({ path }) => path.startsWith('services/projector/') || path.startsWith('infra/kafka/src/fetch/'))
  .flatMap(({ text }) => [...text.matchAll(/\bcode: '([A-Z_]+)'/g)].map(([, code = '']) => code))
const keysOf = [
  { owner: 'ApiErrorCode', codes: Object.keys(problems) },
  { owner: 'GatewayErrorCode', codes: Object.keys(gatewayProblems) },
]

const inCode = new Map<string, Set<string>>()
for (const { owner, codes } of [...unions, ...classes, ...keysOf, { owner: 'DeadLetter', codes: deadLetters }]) {
  if (owner !== 'HealthReasonCode') inCode.set(owner, new Set([...(inCode.get(owner) ?? []), ...codes]))
}

type Entry = { readonly code: string; readonly retryable: string; readonly words: readonly string[] }

const page = readFileSync(`${root}docs/errors.md`, 'utf8')
const onPage = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const owner = /^.*\(`(\w+)`\)$/m.exec(section)?.[1]
      return owner === undefined ? [] : [[owner, entriesOf(section)] as const]
    }),
)

function entriesOf(section: string): readonly Entry[] {
  const rows = section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const code = /^`([A-Z_]+)`$/.exec(cells[1] ?? '')?.[1]
    return code === undefined ? [] : [{ code, retryable: cells[2] ?? '', words: cells.slice(3, -1) }]
  })
  return rows
}

describe('docs/errors.md', () => {
  it('finds the lists of codes in the code', () => {
    expect([...inCode.keys()]).toEqual(
      expect.arrayContaining([
        'ApiErrorCode',
        'CliErrorCode',
        'CodecErrorCode',
        'LocalStackErrorCode',
        'ProjectorErrorCode',
      ]),
    )
    expect(inCode.get('ProjectorErrorCode')?.size).toBeGreaterThan(5)
  })

  it('has a section for each list of codes, and no other', () => {
    expect([...onPage.keys()].sort()).toEqual([...inCode.keys()].sort())
  })

  it.each([...inCode])('explains each code of %s once, and no other', (owner, codes) => {
    expect((onPage.get(owner) ?? []).map(({ code }) => code).sort()).toEqual([...codes].sort())
  })

  it('has every code that the source throws', () => {
    const known = new Set([...inCode.values()].flatMap((codes) => [...codes]))
    const thrown = sourceFiles.flatMap(({ path, text }) =>
      [...text.matchAll(/new \w*Error\(\s*'([A-Z_]{3,})'/g)].map(([, code = '']) => `${code} in ${path}`),
    )
    expect(thrown.length).toBeGreaterThan(20)
    expect(thrown.filter((each) => !known.has(each.split(' ')[0] ?? ''))).toEqual([])
  })

  it('has for each code whether to retry, the cause and the remedy', () => {
    for (const { code, retryable, words } of [...onPage.values()].flat()) {
      expect(retryable, code).toMatch(/^(yes|no)/)
      expect(words.length, code).toBe(2)
      for (const sentence of words) expect(sentence.length, code).toBeGreaterThan(9)
    }
  })

  it.each([
    ['ApiErrorCode', problems],
    ['GatewayErrorCode', gatewayProblems],
  ] as const)('has the status and retryability of each problem in %s', (owner, list) => {
    const documented = onPage.get(owner)?.map(({ code, retryable }) => `${code} ${retryable}`)
    const actual = Object.entries(list).map(
      ([code, { retryable, status }]) => `${code} ${retryable ? 'yes' : 'no'}, ${status}`,
    )
    expect(documented?.toSorted()).toEqual(actual.toSorted())
  })
})
