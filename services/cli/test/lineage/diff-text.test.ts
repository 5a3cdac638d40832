import type { EdgeChange, LineageDiff } from '@headwater/api/contract'
import { describe, expect, it } from 'vitest'
import { diffText } from '../../src/lineage/diff-text.ts'
import { createStyle } from '../../src/terminal/style.ts'

const plain = { style: createStyle(false), width: undefined }
const job = { jobNamespace: 'shop', jobName: 'join' }
const report = { jobNamespace: 'shop', jobName: 'report' }

const edge = (from: string, to: string, parts: Partial<EdgeChange> = {}): EdgeChange => ({
  ...{ from, to, ...job, cause: 'run', asset: null, run: { ...job, runId: 'r1' }, at: '2026-01-10T09:00:00.000Z' },
  ...parts,
})

const diff = (parts: Partial<LineageDiff>): LineageDiff => ({
  ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-15T12:00:00.000Z', knownAt: null, key: null },
  ...{
    added: [],
    removed: [],
    truncated: false,
    position: 't:0:1',
    lagMs: 0,
    completeness: { complete: true, missingRecords: 0, gaps: [] },
    ...parts,
  },
  total: parts.total ?? { added: parts.added?.length ?? 0, removed: parts.removed?.length ?? 0 },
})

describe('the edges that changed between two times', () => {
  it('are grouped by cause in order of time, then by the asset whose upstreams changed', () => {
    const dropped = { cause: 'dropped', asset: 's3://b', run: null, at: '2026-01-11T09:00:00.000Z' } as const
    const restored = { cause: 'restored', asset: 's3://b', at: '2026-01-12T09:00:00.000Z' } as const
    const answer = diff({
      added: [edge('s3://new', 's3://b'), edge('s3://b', 's3://report', { ...report, ...restored })],
      removed: [edge('s3://x', 's3://report', { ...report, ...dropped }), edge('s3://old', 's3://b')],
    })
    expect(diffText(answer, plain)).toEqual([
      'Changes between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC',
      '',
      '2026-01-10 09:00 UTC · shop/join · run r1',
      '  s3://b',
      '    - from s3://old',
      '    + from s3://new',
      '',
      '2026-01-11 09:00 UTC · s3://b was dropped',
      '  s3://report',
      '    - from s3://x  shop/report',
      '',
      '2026-01-12 09:00 UTC · s3://b was written again after it was dropped · shop/join · run r1',
      '  s3://report',
      '    + from s3://b  shop/report',
      '',
      '2 edges added, 2 edges removed',
    ])
  })

  it('are one line if there are none', () => {
    const answer = diff({ key: 's3://b', knownAt: '2026-01-14T00:00:00.000Z' })
    expect(diffText(answer, plain)).toEqual([
      'No edge changed between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC around s3://b, as known at 2026-01-14 00:00 UTC',
    ])
  })

  it('say what is left out', () => {
    const added = [edge('s3://a', 's3://b')]
    const byLimit = diff({ added, total: { added: 7, removed: 0 }, truncated: true })
    expect(diffText(byLimit, plain).slice(-2)).toEqual([
      '7 edges added, 0 edges removed',
      'Cut: showing 1 of 7 added; show more with --limit',
    ])
    expect(diffText(diff({ added, truncated: true }), plain).at(-1)).toContain('--max-nodes')
    expect(diffText(diff({ truncated: true }), plain)).toHaveLength(2)
  })

  it('come last if their time is unknown', () => {
    const unknown = edge('s3://a', 's3://b', { run: null, at: null })
    const lines = diffText(diff({ added: [unknown, edge('s3://c', 's3://d')] }), plain)
    expect(lines.filter((line) => line.includes(' · '))).toEqual([
      '2026-01-10 09:00 UTC · shop/join · run r1',
      'unknown time · unknown run',
    ])
  })

  it('fit the width, and are safe to print', () => {
    const long = `s3://bucket/${'folder/'.repeat(20)}日本`
    const lines = diffText(diff({ removed: [edge(long, `${long}\u001b[2J`)] }), { ...plain, width: 40 })
    expect(Math.max(...lines.slice(1).map((line) => [...line].length))).toBeLessThanOrEqual(40)
    expect(lines.join('')).not.toContain('\u001b')
  })

  it('name the job that declared them', () => {
    const declared = { cause: 'declared', run: null, at: '2026-01-11T09:00:00.000Z' } as const
    expect(diffText(diff({ added: [edge('s3://a', 's3://b', declared)] }), plain)).toEqual([
      'Changes between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC',
      '',
      '2026-01-11 09:00 UTC · declared',
      '  s3://b',
      '    + from s3://a  shop/join',
      '',
      '1 edge added, 0 edges removed',
    ])
  })
})
