import { expect, it } from 'vitest'
import { noPathText } from '../../src/lineage/no-path-text.ts'
import { lineagePaths } from './lineage-paths.ts'

const asked = (parts: Partial<Parameters<typeof lineagePaths>[0]> = {}) => {
  const forth = lineagePaths({ keys: ['s3://raw', 's3://report'], edges: [], ...parts })
  return [forth, { ...forth, from: forth.to, to: forth.from }] as const
}

it('that neither depends on the other is one line that says of what, and where else to look', () => {
  const neither = 'Neither s3://report nor s3://raw depends on the other'
  expect(noPathText(asked(), undefined)).toBe(`${neither}; look at what is no longer current with --edges ever`)
  expect(noPathText(asked({ edgeChoice: 'ever', asOf: '2026-01-01T00:00:00.000Z' }), undefined)).toBe(
    `${neither} (as of 2026-01-01 00:00 UTC; edges of any success)`,
  )
  expect(noPathText(asked({ truncated: true, edgeChoice: 'ever' }), 3)).toBe(
    `${neither} within 3 steps (edges of any success); look farther with a greater --depth`,
  )
})
