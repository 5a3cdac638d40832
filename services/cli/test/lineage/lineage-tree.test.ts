import { describe, expect, it } from 'vitest'
import { lineageTree } from '../../src/lineage/lineage-tree.ts'
import { createStyle } from '../../src/terminal/style.ts'
import { lineageAnswer } from './lineage-answer.ts'

const plain = { style: createStyle(false), width: undefined }

describe('a lineage tree', () => {
  it('has upstreams above the asset and downstreams below it, each with its job', () => {
    const answer = lineageAnswer({
      keys: ['s3://root', 's3://b', 's3://a', 's3://deep', 's3://down'],
      edges: [
        [1, 0, 'join'],
        [2, 0, 'join'],
        [3, 2, 'extract'],
        [0, 4, 'train report'],
      ],
    })
    expect(lineageTree(answer, plain)).toEqual([
      'Upstream: assets it is made from',
      '├─ ✓ s3://a  shop/join',
      '│  └─ ✓ s3://deep  shop/extract',
      '└─ ✓ s3://b  shop/join',
      '',
      '✓ s3://root',
      '',
      'Downstream: assets made from it',
      '└─ ✓ s3://down  shop/train and 1 more job',
    ])
  })

  it('draws the branches of a shared node once', () => {
    const answer = lineageAnswer({
      keys: ['s3://root', 's3://a', 's3://b', 's3://shared', 's3://source'],
      edges: [
        [1, 0],
        [2, 0],
        [3, 1],
        [3, 2],
        [4, 3],
      ],
      direction: 'upstream',
    })
    expect(lineageTree(answer, plain)).toEqual([
      'Upstream: assets it is made from',
      '├─ ✓ s3://a  shop/load',
      '│  └─ ✓ s3://shared  shop/load',
      '│     └─ ✓ s3://source  shop/load',
      '└─ ✓ s3://b  shop/load',
      '   └─ ✓ s3://shared (↑ seen above)  shop/load',
      '',
      '✓ s3://root',
    ])
  })

  it('shows column lineage below an edge, if the answer has it', () => {
    const answer = lineageAnswer({ keys: ['s3://root', 's3://a'], edges: [[1, 0]], direction: 'upstream' })
    const how = { kind: 'DIRECT', transformation: null, masking: false, description: null, jobs: [] }
    const columns = [
      { ...how, from: 'id', to: 'key' },
      { ...how, from: 'day', to: null, kind: 'INDIRECT', transformation: 'FILTER' },
    ]
    const edges = answer.edges.map((edge) => ({ ...edge, columns, columnsOmitted: 1 }))
    expect(lineageTree({ ...answer, edges }, plain)).toEqual([
      'Upstream: assets it is made from',
      '└─ ✓ s3://a  shop/load',
      '     id → key  direct',
      '     day → (whole row)  indirect FILTER',
      '     +1 more column',
      '',
      '✓ s3://root',
    ])
  })

  it('ends in a cycle', () => {
    const answer = lineageAnswer({
      keys: ['s3://a', 's3://b'],
      edges: [
        [0, 1],
        [1, 0],
      ],
      direction: 'downstream',
    })
    expect(lineageTree(answer, plain)).toEqual([
      '✓ s3://a',
      '',
      'Downstream: assets made from it',
      '└─ ✓ s3://b  shop/load',
      '   └─ ✓ s3://a (↻ the asset itself)  shop/load',
    ])
  })

  it('counts neighbours that are left out', () => {
    const answer = lineageAnswer({
      keys: ['s3://root', 's3://a'],
      edges: [[1, 0]],
      direction: 'upstream',
      truncated: true,
      omitted: [
        { id: 0, upstream: 2, downstream: 0 },
        { id: 1, upstream: 12, downstream: 5 },
      ],
    })
    expect(lineageTree(answer, plain)).toEqual([
      'Upstream: assets it is made from',
      '├─ ✓ s3://a  shop/load',
      '│  └─ +12 more',
      '└─ +2 more',
      '',
      '✓ s3://root',
      '',
      'Cut at 2 assets; show more with --max-nodes',
    ])
  })

  it('shows states without colour, marks assets that read themselves, and says when there are no edges', () => {
    const states = [
      { health: 'FAILED', readsItself: true },
      { health: 'DEGRADED' },
      { health: 'UNKNOWN', lastState: 'RUNNING' },
      { health: 'UNKNOWN', lastState: null },
      { dropped: true },
    ] as const
    const keys = states.map((_, index) => `s3://${index}`)
    const answer = lineageAnswer(
      {
        keys,
        edges: [
          [0, 1],
          [0, 2],
          [0, 3],
          [0, 4],
        ],
      },
      [...states],
    )
    expect(lineageTree(answer, plain)).toEqual([
      'Upstream: assets it is made from',
      '└─ none',
      '',
      '✗ s3://0 (reads itself)',
      '',
      'Downstream: assets made from it',
      '├─ ! s3://1  shop/load',
      '├─ … s3://2  shop/load',
      '├─ · s3://3  shop/load',
      '└─ ⊘ s3://4  shop/load',
    ])
  })

  it('fits the width: cuts the job first, then the middle of the key', () => {
    const long = `s3://bucket/${'folder/'.repeat(10)}orders`
    const answer = lineageAnswer({ keys: ['s3://root', long], edges: [[0, 1]], direction: 'downstream' })
    const widest = (width: number) =>
      Math.max(...lineageTree(answer, { ...plain, width }).map((line) => [...line].length))
    expect(widest(40)).toBeLessThanOrEqual(40)
    expect(widest(200)).toBe(5 + long.length + '  shop/load'.length)
    expect(lineageTree(answer, { ...plain, width: 40 }).at(-1)).toMatch(/^└─ ✓ s3:.*….*orders$/)
  })

  it('shows the last day of an edge that is no longer current', () => {
    const old = { current: false, lastSeen: '2026-01-03T09:00:00.000Z' }
    const answer = lineageAnswer({
      keys: ['s3://root', 's3://a', 's3://b'],
      edges: [
        [1, 0, 'join', old],
        [2, 0, 'join', {}],
      ],
      direction: 'upstream',
    })
    expect(lineageTree(answer, plain).slice(1, 3)).toEqual([
      '├─ ✓ s3://a (until 2026-01-03)  shop/join',
      '└─ ✓ s3://b  shop/join',
    ])
  })

  it('shows the evidence below each edge on request', () => {
    const answer = lineageAnswer({
      keys: ['s3://root', 's3://a', 's3://deep'],
      edges: [
        [1, 0, 'join', { runs: 12, failedRuns: 1, firstSeen: '2026-01-03T09:30:00.000Z' }],
        [2, 1, 'load', { assertion: 'explicit', current: false }],
      ],
      direction: 'upstream',
    })
    expect(lineageTree(answer, { ...plain, evidence: true }).slice(1, 5)).toEqual([
      '└─ ✓ s3://a',
      '   │ shop/join · run r · an input of the run · 12 runs, 1 failed · 2026-01-03 09:30 UTC to 2026-01-15 12:00 UTC',
      '   └─ ✓ s3://deep (until 2026-01-15)',
      '        shop/load · run r · reported for this asset · 1 run · 2026-01-15 12:00 UTC · no longer current',
    ])
    const narrow = lineageTree(answer, { ...plain, evidence: true, width: 50 })
    expect(Math.max(...narrow.map((line) => [...line].length))).toBeLessThanOrEqual(50)
  })

  it('is safe to print', () => {
    const answer = lineageAnswer({ keys: ['s3://a\u001b[2Jb'], edges: [] })
    expect(lineageTree(answer, plain).join('\n')).not.toContain('\u001b')
  })
})
