import { describe, expect, it } from 'vitest'
import { pathsText } from '../../src/lineage/paths-text.ts'
import { createStyle } from '../../src/terminal/style.ts'
import { lineagePaths } from './lineage-paths.ts'

const plain = { style: createStyle(false), width: undefined, depth: undefined }

describe('the ways from one asset to another', () => {
  it('have the assets in the order data flows, and between two the run that is the evidence', () => {
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
      'Way 1, 1 step',
      '  ✓ s3://raw',
      '  ↓ shop/peek · run r · 2026-01-15 12:00 UTC · no longer current',
      '  ✓ s3://report',
      '',
      'Way 2, 2 steps',
      '  ✓ s3://raw',
      '  ↓ shop/clean · run r · 2026-01-15 12:00 UTC · and 1 more job',
      '  ✓ s3://clean',
      '  ↓ shop/sum · run r · 2026-01-15 12:00 UTC',
      '  ✓ s3://report',
    ])
  })

  it('end with that there are more, or that the search was cut', () => {
    const parts = { keys: ['s3://a', 's3://b'], edges: [[0, 1]], paths: [[0, 1]] } as const
    const answer = lineagePaths({ ...parts, paths: [[0, 1]], more: true, truncated: true })
    expect(pathsText(answer, { ...plain, depth: 1 }).slice(-2)).toEqual([
      'There are more ways, or may be: see them with a greater --limit',
      'No way of more than 1 step was looked for: see longer ones with a greater --depth',
    ])
    expect(pathsText(answer, plain).at(-1)).toContain('The search was cut')
  })

  it('fit the width, and let no key control the terminal', () => {
    const long = `s3://bucket/${'folder/'.repeat(20)}\u001b[2J`
    const answer = lineagePaths({ keys: [long, 's3://b'], edges: [[0, 1]], paths: [[0, 1]] })
    const lines = pathsText(answer, { ...plain, width: 40 })
    expect(Math.max(...lines.slice(1).map((line) => [...line].length))).toBeLessThanOrEqual(40)
    expect(lines.join('')).not.toContain('\u001b')
  })
})
