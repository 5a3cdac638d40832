import { describe, expect, it } from 'vitest'
import { formatCursor, parseCursor } from '../../src/parameters/cursor.ts'

const run = { at: 1_768_478_400_000, jobNamespace: 'ü', jobName: 'b,c', runId: '"d"' }
const query = { state: 'FAILED', jobName: 'load' }
const runs = { list: 'runs', query } as const

describe('cursors', () => {
  it('are parsed into the same place and moment', () => {
    expect(parseCursor(runs, formatCursor(runs, { place: run, asOf: 5 }))).toEqual({ place: run, asOf: 5 })
    const assets = { list: 'assets', query } as const
    expect(parseCursor(assets, formatCursor(assets, { place: 's3://größe' })).place).toBe('s3://größe')
    const jobs = { list: 'jobs', query } as const
    const job = { jobNamespace: 'a', jobName: 'b' }
    expect(parseCursor(jobs, formatCursor(jobs, { place: job })).place).toEqual(job)
  })

  it('hold for the same parameters in any order, whatever limit and waitFor are', () => {
    const cursor = formatCursor(runs, { place: run })
    const same = { limit: 3, waitFor: 't:0:1', timeoutMs: 1, cursor, jobName: 'load', state: 'FAILED' }
    expect(parseCursor({ list: 'runs', query: same }, cursor).place).toEqual(run)
  })

  it('are refused with other parameters', () => {
    const cursor = formatCursor(runs, { place: run })
    for (const other of [{}, { ...query, state: 'RUNNING' }, { ...query, asOf: '1d' }]) {
      expect(() => parseCursor({ list: 'runs', query: other }, cursor)).toThrow('only limit may change')
    }
  })

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    'garbage',
    encoded(null),
    encoded({}),
    encoded(['assets']),
    encoded(['jobs', '', null, null, 'a', 'b']),
    encoded(['runs', '', null, null, '1', 'a', 'b', 'c']),
    encoded(['runs', '', null, null, 1.5, 'a', 'b', 'c']),
    encoded(['runs', '', null, null, 1, 'a', 'b']),
    encoded(['runs', '', null, null, 1, 'a', 'b', 3]),
    encoded(['runs', '', null, null, 1, 'a\0', 'b', 'c']),
    encoded(['runs', '', -1, null, 1, 'a', 'b', 'c']),
    encoded(['runs', '', null, '1', 1, 'a', 'b', 'c']),
    formatCursor({ list: 'materializations', query }, { place: run }),
  ])('that are invalid or of another list are refused: %s', (cursor) => {
    expect(() => parseCursor(runs, cursor)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
  })
})
