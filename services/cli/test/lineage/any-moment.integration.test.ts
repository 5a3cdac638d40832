import { eventually } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFoldedLog } from '../folded-log.ts'
import { runHeadwater } from '../run-headwater.ts'

const { env, headwater, end } = await startFoldedLog()
let position = ''
const query = (...args: readonly string[]) => headwater([...args, '--wait', position])

const ran = (job: string, day: string, inputs: readonly string[], outputs: readonly (string | object)[], more = {}) => {
  const occurredAt = `2026-01-${day}T09:00:00Z`
  return { type: 'MaterializationEvent', job: `shop/${job}`, occurredAt, inputs, outputs, ...more }
}
const fromDate = { key: 's3://t/b', column: 'date', kind: 'DIRECT', transformation: 'IDENTITY' }
const events = [
  ran('join', '01', ['s3://t/a', 's3://t/old'], ['s3://t/b']),
  ran('join', '02', ['s3://t/a', 's3://t/broken'], ['s3://t/b'], { state: 'FAILED', error: 'no such column' }),
  ran('join', '03', ['s3://t/a', 's3://t/été'], ['s3://t/b']),
  ran('report', '04', ['s3://t/b'], [{ key: 's3://t/report', columnLineage: [{ column: 'day', inputs: [fromDate] }] }]),
  { type: 'AssetEvent', key: 's3://t/b', change: 'DROPPED', occurredAt: '2026-01-05T09:00:00Z' },
  ran('join', '06', ['s3://t/a', 's3://t/été'], ['s3://t/b']),
]

beforeAll(async () => {
  const emitted = await headwater(['emit'], events.map((event) => JSON.stringify(event)).join('\n'))
  expect(emitted).toMatchObject({ code: 0 })
  position = emitted.stdout.trim()
})
afterAll(end)

describe('the graph at an earlier moment', () => {
  it('is drawn under a header with that moment', async () => {
    expect(await query('lineage', 's3://t/b', '--up', '--as-of', '2026-01-02')).toMatchObject({
      code: 0,
      stdout:
        'As of 2026-01-02 00:00 UTC\n\nUpstream: assets it is made from\n├─ · s3://t/a  shop/join\n└─ · s3://t/old  shop/join\n\n✓ s3://t/b\n',
    })
  })

  it('is given in local time too', async () => {
    const tokyo = { ...env, TZ: 'Asia/Tokyo' }
    const { stdout } = await runHeadwater(
      ['lineage', 's3://t/b', '--as-of', '2026-01-03T17:59', '--wait', position],
      tokyo,
    )
    expect(stdout).toContain('As of 2026-01-03 08:59 UTC')
    expect(stdout).toContain('s3://t/old')
  })

  it('shows edges of any success with their last day and evidence', async () => {
    const { stdout } = await query('lineage', 's3://t/b', '--edges', 'ever', '--evidence')
    expect(stdout).toContain('Edges of any success\n')
    expect(stdout).toMatch(
      /s3:\/\/t\/old \(until 2026-01-01\)\n.* shop\/join · run \S+ · an input of the run · 1 run · /,
    )
    expect(stdout).toMatch(/s3:\/\/t\/a\n.* · 3 runs, 1 failed · 2026-01-01 09:00 UTC to 2026-01-06 09:00 UTC/)
  })

  it('has column lineage', async () => {
    expect(await query('columns', 's3://t/b', 'date', '--down', '--as-of', '2026-01-04T10:00Z')).toMatchObject({
      code: 0,
      stdout: 'As of 2026-01-04 10:00 UTC\n\ns3://t/b\ndate\n  └→ s3://t/report day  direct IDENTITY\n',
    })
    const graph = await query('lineage', 's3://t/report', '--up', '--depth', '1', '--columns')
    expect(graph.stdout).toContain('date → day  direct IDENTITY\n')
    expect(await query('columns', 's3://t/report', 'dai')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('did you mean day? (COLUMN_NOT_FOUND)'),
    })
  })

  it('has no asset that was first seen later', async () => {
    expect(await query('lineage', 's3://t/report', '--as-of', '2026-01-02')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('at that moment; the first one occurred at 2026-01-04T09:00:00.000Z'),
    })
  })

  it('has assets, runs and jobs as they were', async () => {
    const card = await query('asset', 's3://t/b', '--as-of', '2026-01-02T10:00Z')
    expect(card.stdout).toMatch(/^As of 2026-01-02 10:00 UTC\n\n✗ /)
    expect(card.stdout).toContain('FAILED 2026-01-02 09:00 UTC by shop/join: no such column')
    const jobs = JSON.parse((await query('jobs', '--as-of', '2026-01-02', '--json')).stdout)
    expect(jobs.items).toMatchObject([{ jobName: 'join', runs: 1 }])
    const { runId } = jobs.items[0].lastRun
    expect((await query('runs', runId, '--as-of', '2026-01-02')).stdout).toMatch(
      /^As of .*\n\nSUCCEEDED shop\/join 2026-/,
    )
    expect((await query('jobs', '--known-at', '2026-01-02')).stdout).toBe('As known at 2026-01-02 00:00 UTC\n\n')
  })
})

describe('the history of an asset', () => {
  it('lists its runs, latest first, with the error of a failed one', async () => {
    const { stdout } = await query('history', 's3://t/b')
    const lines = stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, 21).trim())).toEqual([
      'State      When',
      'SUCCEEDED  2026-01-06',
      'SUCCEEDED  2026-01-03',
      'FAILED     2026-01-02',
      'no such column',
      'SUCCEEDED  2026-01-01',
    ])
  })

  it('can be limited to a state, paged, and as of a time', async () => {
    const failed = await query('history', 's3://t/b', '--state', 'failed', '--json')
    expect(JSON.parse(failed.stdout)).toMatchObject({ key: 's3://t/b', items: [{ error: 'no such column' }] })
    expect((await query('history', 's3://t/b', '--limit', '1')).stderr).toContain('--all')
    const all = await query('history', 's3://t/b', '--limit', '1', '--all', '--as-of', '2026-01-04', '--json')
    expect(JSON.parse(all.stdout).items).toHaveLength(3)
  })
})

describe('the diff between two times', () => {
  it('names the run that changed edges', async () => {
    const { code, stdout } = await query('diff', '--from', '2026-01-02', '--to', '2026-01-03T12:00Z')
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /2026-01-03 09:00 UTC · shop\/join · run \S+\n {2}s3:\/\/t\/b\n {4}- from s3:\/\/t\/old\n {4}\+ from s3:\/\/t\/été\n/,
      ),
    })
    expect(stdout.trimEnd()).toMatch(/1 edge added, 1 edge removed$/)
  })

  it('names the drop of an asset, and the run that wrote it again', async () => {
    const drop = await query(
      'diff',
      '--from',
      '2026-01-05',
      '--to',
      '2026-01-05T12:00Z',
      '--key',
      's3://t/report',
      '--up',
    )
    expect(drop.stdout).toContain('2026-01-05 09:00 UTC · s3://t/b was dropped')
    expect(drop.stdout).toContain('    - from s3://t/b  shop/report')
    const restored = await query('diff', '--from', '2026-01-05T12:00Z')
    expect(restored.stdout).toContain('s3://t/b was written again after it was dropped · shop/join · run ')
  })

  it('exits with code 1 only with --exit-code, and only if edges changed', async () => {
    const days = (from: string, to: string) => ['diff', '--from', `2026-01-${from}`, '--to', `2026-01-${to}`] as const
    expect(await query(...days('02', '04'), '--json')).toMatchObject({ code: 0 })
    expect(await query(...days('02', '04'), '--exit-code', '--json')).toMatchObject({ code: 1 })
    expect(await query(...days('07', '08'), '--exit-code')).toMatchObject({
      code: 0,
      stdout: 'No edge changed between 2026-01-07 00:00 UTC and 2026-01-08 00:00 UTC\n',
    })
  })
})

describe('why one asset depends on another', () => {
  it('is the path of the data, whichever asset is named first', async () => {
    const answers = [await query('why', 's3://t/report', 's3://t/a'), await query('why', 's3://t/a', 's3://t/report')]
    for (const { code, stdout } of answers) {
      expect(code).toBe(0)
      expect(stdout).toMatch(/^s3:\/\/t\/report depends on s3:\/\/t\/a: data flows down\n/)
      expect(stdout).toMatch(
        /s3:\/\/t\/a\n {2}↓ shop\/join · run \S+ · 2026-01-06 09:00 UTC\n.*s3:\/\/t\/b\n {2}↓ shop\/report/,
      )
    }
  })

  it('has no path now, and one for edges that are no longer current', async () => {
    expect(await query('why', 's3://t/b', 's3://t/old')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^Neither .* depends on the other; .* --edges ever\n$/),
    })
    expect((await query('why', 's3://t/b', 's3://t/old', '--edges', 'ever')).stdout).toContain('no longer current')
    const then = await query('why', 's3://t/b', 's3://t/old', '--as-of', '2026-01-02', '--json')
    expect(JSON.parse(then.stdout)).toMatchObject({ from: 's3://t/old', to: 's3://t/b', paths: [[0, 1]] })
  })
})

describe('history that expires', () => {
  it('leaves lineage and totals; earlier moments are refused', async () => {
    const before = await query('lineage', 's3://t/b', '--edges', 'ever', '--evidence')
    const horizon = new Date().toISOString()
    const expired = await eventually(async () => {
      const answer = await headwater(['expire', '--before', horizon, '--grace', '0', '--json'])
      expect(answer).toMatchObject({ code: 0 })
      return JSON.parse(answer.stdout)
    })
    expect(expired).toMatchObject({ horizon, runs: 2 })
    await eventually(async () => {
      const refused = await query('lineage', 's3://t/b', '--as-of', '2026-01-02')
      expect(refused).toMatchObject({ code: 1 })
      expect(refused.stderr).toContain(`asOf must be ${horizon} or later: history before that has expired`)
    })
    expect(await query('lineage', 's3://t/b', '--edges', 'ever', '--evidence')).toEqual(before)
    expect((await query('asset', 's3://t/b', '--json')).stdout).toContain('"SUCCEEDED":3')
  })

  it('needs exactly one valid limit', async () => {
    expect(await headwater(['expire'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--keep 90d') })
    expect(await headwater(['expire', '--keep', '5m'])).toMatchObject({ code: 2 })
    expect(await headwater(['expire', '--before', 'yesterday'])).toMatchObject({ code: 2 })
    const future = await headwater(['expire', '--before', '2100-01-01'])
    expect(future).toMatchObject({ code: 1, stderr: expect.stringContaining('the log is folded until') })
  })
})
