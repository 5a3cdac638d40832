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
  ...{ added: [], removed: [], truncated: false, position: 't:0:1', lagMs: 0, ...parts },
  total: parts.total ?? { added: parts.added?.length ?? 0, removed: parts.removed?.length ?? 0 },
})

describe('what changed between two times', () => {
  it('is told in order of time, under what did it and the asset whose inputs changed', () => {
    const dropped = { cause: 'dropped', asset: 's3://b', run: null, at: '2026-01-11T09:00:00.000Z' } as const
    const restored = { cause: 'restored', asset: 's3://b', at: '2026-01-12T09:00:00.000Z' } as const
    const answer = diff({
      added: [edge('s3://new', 's3://b'), edge('s3://b', 's3://report', { ...report, ...restored })],
      removed: [edge('s3://x', 's3://report', { ...report, ...dropped }), edge('s3://old', 's3://b')],
    })
    expect(diffText(answer, plain)).toEqual([
      'Changes between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC',
      '',
      '2026-01-10T09:00:00.000Z · shop/join · run r1',
      '  s3://b',
      '    - from s3://old',
      '    + from s3://new',
      '',
      '2026-01-11T09:00:00.000Z · s3://b was dropped',
      '  s3://report',
      '    - from s3://x  shop/report',
      '',
      '2026-01-12T09:00:00.000Z · s3://b, dropped before, was written again · shop/join · run r1',
      '  s3://report',
      '    + from s3://b  shop/report',
      '',
      '2 edges added, 2 edges removed',
    ])
  })

  it('is one line when it is nothing', () => {
    const answer = diff({ key: 's3://b', knownAt: '2026-01-14T00:00:00.000Z' })
    expect(diffText(answer, plain)).toEqual([
      'No edge came or went between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC around s3://b, as known at 2026-01-14 00:00 UTC',
    ])
  })

  it('says what is left out', () => {
    const added = [edge('s3://a', 's3://b')]
    const byLimit = diff({ added, total: { added: 7, removed: 0 }, truncated: true })
    expect(diffText(byLimit, plain).slice(-2)).toEqual([
      '7 edges added, 0 edges removed',
      'Cut: only 1 of those added are shown; see more with --limit',
    ])
    expect(diffText(diff({ added, truncated: true }), plain).at(-1)).toContain('--max-nodes')
    expect(diffText(diff({ truncated: true }), plain)).toHaveLength(2)
  })

  it('comes last when its time is not known', () => {
    const unknown = edge('s3://a', 's3://b', { run: null, at: null })
    const lines = diffText(diff({ added: [unknown, edge('s3://c', 's3://d')] }), plain)
    expect(lines.filter((line) => line.includes(' · '))).toEqual([
      '2026-01-10T09:00:00.000Z · shop/join · run r1',
      'at a time that is not known · a run that is not known',
    ])
  })

  it('fits the width, and lets no key control the terminal', () => {
    const long = `s3://bucket/${'folder/'.repeat(20)}日本`
    const lines = diffText(diff({ removed: [edge(long, `${long}\u001b[2J`)] }), { ...plain, width: 40 })
    expect(Math.max(...lines.slice(1).map((line) => [...line].length))).toBeLessThanOrEqual(40)
    expect(lines.join('')).not.toContain('\u001b')
  })

  it('names the job where it declared something else', () => {
    const declared = { cause: 'declared', run: null, at: '2026-01-11T09:00:00.000Z' } as const
    expect(diffText(diff({ added: [edge('s3://a', 's3://b', declared)] }), plain)).toEqual([
      'Changes between 2026-01-01 00:00 UTC and 2026-01-15 12:00 UTC',
      '',
      '2026-01-11T09:00:00.000Z · declared',
      '  s3://b',
      '    + from s3://a  shop/join',
      '',
      '1 edge added, 0 edges removed',
    ])
  })
})
