import { eventTypes, uuidV7 } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/events/complete-event.ts'

const now = Date.UTC(2026, 0, 15, 12)
const complete = (written: unknown) => completeEvent(written, { now, uuid: () => uuidV7(now), producer: 'test/1' })

describe('An event written as JSON', () => {
  it('needs only the fields without a default', () => {
    const written = { type: 'MaterializationEvent', job: 'shop/load/all', inputs: ['s3://a/b'], outputs: ['s3://a/c'] }
    expect(complete(written)).toMatchObject({
      type: 'MaterializationEvent',
      event: {
        eventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        occurredAt: now,
        state: 'SUCCEEDED',
        job: { namespace: 'shop', name: 'load/all', type: null },
        inputs: [{ key: 's3://a/b', properties: null }],
        outputs: [{ key: 's3://a/c', inputs: null, metrics: {}, checks: [], schema: null }],
        parent: null,
        metadata: {},
      },
    })
  })

  it('accepts times as ISO 8601 and metadata as any JSON', () => {
    const written = {
      type: 'MaterializationEvent',
      job: 'load',
      occurredAt: '2026-01-02T03:04:05Z',
      metadata: { n: 1, s: '"x"' },
    }
    expect(complete({ ...written, startedAt: '2026-01-02' })).toMatchObject({
      event: {
        job: { namespace: 'default', name: 'load' },
        occurredAt: Date.UTC(2026, 0, 2, 3, 4, 5),
        startedAt: Date.UTC(2026, 0, 2),
        metadata: { n: '1', s: '"x"' },
      },
    })
  })

  it('is refused with the field that is missing or has an unknown value', () => {
    const changes = 'DESCRIBED, OWNED, TAGGED, ALIASED, UNALIASED, RENAMED, DROPPED, POLICY_SET, STATED'
    const asset = { type: 'AssetEvent', key: 's3://a/b' }
    expect(complete(asset)).toEqual([{ pointer: '/change', detail: 'change is missing' }])
    for (const change of ['TAGED', null, 7])
      expect(complete({ ...asset, change })).toEqual([
        { pointer: '/change', detail: `change must be one of ${changes}` },
      ])
    expect(complete({ ...asset, change: 'UNKNOWN' })).toEqual([
      { pointer: '', detail: 'The field change is missing, or has a value that this version does not know' },
    ])
    expect(complete({ ...asset, change: 'ALIASED' })).toEqual([
      { pointer: '', detail: 'An ALIASED event must have alias' },
    ])
    expect(complete({ type: 'MaterializationEvent', job: 'a/b', state: 'DONE' })).toEqual([
      { pointer: '/state', detail: 'state must be one of STARTED, RUNNING, SUCCEEDED, FAILED, ABORTED' },
    ])
  })

  it('may have any type', () => {
    const written = {
      MaterializationEvent: { job: 'a/b' },
      AssetEvent: { key: 's3://a/b', change: 'TAGGED', tags: ['x'] },
      JobEvent: { job: { namespace: 'test', name: 'load' }, owners: ['ann'] },
      CheckEvent: { key: 's3://a/b', check: { name: 'rows', status: 'PASS' } },
    }
    for (const type of eventTypes) expect(complete({ type, ...written[type] })).toMatchObject({ type })
  })

  it.each([
    ['an unknown type', { type: 'Event' }, /^type must be one of/],
    ['no object', 3, /must be a JSON object/],
    [
      'an unknown field',
      { type: 'CheckEvent', key: 's3://a/b', chek: {} },
      /^unknown field `chek`; known fields: eventId, /,
    ],
    [
      'an unknown nested field',
      { type: 'MaterializationEvent', job: 'a', outputs: [{ key: 's3://a/b', metric: {} }] },
      /^unknown field `outputs\.0\.metric`; known fields: key, /,
    ],
    ['no job', { type: 'MaterializationEvent' }, /^job is missing/],
    ['no change', { type: 'AssetEvent', key: 's3://a/b' }, /^change is missing/],
    ['an unknown state', { type: 'MaterializationEvent', job: 'a', state: 'DONE' }, /^state must be one of STARTED/],
    [
      'an invalid time',
      { type: 'MaterializationEvent', job: 'a', occurredAt: '12' },
      /^occurredAt must be an ISO 8601 time/,
    ],
    ['a number instead of a text', { type: 'AssetEvent', key: 's3://a/b', change: 'OWNED', owners: [1] }, /^owners/],
    ['an invalid key', { type: 'MaterializationEvent', job: 'a', inputs: ['orders'] }, /^Asset key "orders"/],
  ])('is refused for %s, with the path of the field', (_, written, problem) => {
    const problems = complete(written)
    expect('type' in problems ? '' : problems[0]?.detail).toMatch(problem)
  })
})
