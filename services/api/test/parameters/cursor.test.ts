import { describe, expect, it } from 'vitest'
import { formatCursor, parseCursor } from '../../src/parameters/cursor.ts'

const run = { at: 1_768_478_400_000, jobNamespace: 'ü', jobName: 'b,c', runId: '"d"' }

describe('cursors', () => {
  it('are parsed into the same place', () => {
    expect(parseCursor('runs', formatCursor('runs', run)!)).toEqual(run)
    expect(parseCursor('assets', formatCursor('assets', 's3://größe')!)).toBe('s3://größe')
    const job = { jobNamespace: 'a', jobName: 'b' }
    expect(parseCursor('jobs', formatCursor('jobs', job)!)).toEqual(job)
  })

  it('of the last page are null, and of no page undefined', () => {
    expect(formatCursor('assets', null)).toBeNull()
    expect(parseCursor('assets', undefined)).toBeUndefined()
  })

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    'garbage',
    encoded(null),
    encoded({}),
    encoded(['assets']),
    encoded(['jobs', 'a', 'b']),
    encoded(['runs', '1', 'a', 'b', 'c']),
    encoded(['runs', 1.5, 'a', 'b', 'c']),
    encoded(['runs', 1, 'a', 'b']),
    encoded(['runs', 1, 'a', 'b', 3]),
    encoded(['runs', 1, 'a\0', 'b', 'c']),
  ])('that are invalid or of another list are refused: %s', (cursor) => {
    expect(() => parseCursor('runs', cursor)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
  })
})
