import { describe, expect, it } from 'vitest'
import { noPathText, pathsText } from '../../src/lineage/paths-text.ts'
import { createStyle } from '../../src/terminal/style.ts'
import { lineagePaths } from './lineage-paths.ts'

const plain = { style: createStyle(false), width: undefined, depth: undefined }

describe('the paths from one asset to another', () => {
  it('show assets in the order of the data, with the run between two of them', () => {
    const answer = lineagePaths({
      keys: ['s3://raw', 's3://clean', 's3://report'],
      edges: [
        [0, 2, 'peek', { current: false }],
        [0, 1, 'clean tidy'],
        [1, 2, 'sum'],
      ],
      paths: [
        [0, 2],
        [0, 1, 2],
      ],
    })
    expect(pathsText(answer, plain)).toEqual([
      's3://report depends on s3://raw: data flows down',
      '',
      'Path 1, 1 step',
      '  ✓ s3://raw',
      '  ↓ shop/peek · run r · 2026-01-15 12:00 UTC · no longer current',
      '  ✓ s3://report',
      '',
      'Path 2, 2 steps',
      '  ✓ s3://raw',
      '  ↓ shop/clean · run r · 2026-01-15 12:00 UTC · and 1 more job',
      '  ✓ s3://clean',
      '  ↓ shop/sum · run r · 2026-01-15 12:00 UTC',
      '  ✓ s3://report',
    ])
  })

  it('end with a note if there may be more', () => {
    const parts = { keys: ['s3://a', 's3://b'], edges: [[0, 1]], paths: [[0, 1]] } as const
    const answer = lineagePaths({ ...parts, paths: [[0, 1]], more: true, truncated: true })
    expect(pathsText(answer, { ...plain, depth: 1 }).slice(-2)).toEqual([
      'There may be more paths: show them with a greater --limit',
      'Only paths of up to 1 step were searched: find longer ones with a greater --depth',
    ])
    expect(pathsText(answer, plain).at(-1)).toContain('The search was cut')
  })

  it('fit the width, and are safe to print', () => {
    const long = `s3://bucket/${'folder/'.repeat(20)}\u001b[2J`
    const answer = lineagePaths({ keys: [long, 's3://b'], edges: [[0, 1]], paths: [[0, 1]] })
    const lines = pathsText(answer, { ...plain, width: 40 })
    expect(Math.max(...lines.slice(1).map((line) => [...line].length))).toBeLessThanOrEqual(40)
    expect(lines.join('')).not.toContain('\u001b')
  })
})

const answers = (parts: Partial<Parameters<typeof lineagePaths>[0]> = {}) => {
  const forth = lineagePaths({ keys: ['s3://raw', 's3://report'], edges: [], ...parts })
  return [forth, { ...forth, from: forth.to, to: forth.from }] as const
}

it('says on one line that neither asset depends on the other, and where else to search', () => {
  const neither = 'Neither s3://report nor s3://raw depends on the other'
  expect(noPathText(answers(), undefined)).toBe(
    `${neither}; include edges that are no longer current with --edges ever`,
  )
  expect(noPathText(answers({ edgeChoice: 'ever', asOf: '2026-01-01T00:00:00.000Z' }), undefined)).toBe(
    `${neither} (as of 2026-01-01 00:00 UTC; edges of any success)`,
  )
  expect(noPathText(answers({ truncated: true, edgeChoice: 'ever' }), 3)).toBe(
    `${neither} within 3 steps (edges of any success); search farther with a greater --depth`,
  )
})
