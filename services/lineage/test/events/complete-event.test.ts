import { eventTypes, uuidV7 } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/events/complete-event.ts'

const now = Date.UTC(2026, 0, 15, 12)
const complete = (written: unknown) => completeEvent(written, { now, uuid: () => uuidV7(now), producer: 'test/1' })

describe('an event that a person wrote', () => {
  it('needs only what has no default', () => {
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

  it('may say times as ISO 8601 and facts as any JSON', () => {
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

  it('may be of every type', () => {
    const written = {
      MaterializationEvent: { job: 'a/b' },
      AssetEvent: { key: 's3://a/b', change: 'TAGGED', tags: ['x'] },
      JobEvent: { job: { namespace: 'test', name: 'load' }, owners: ['ann'] },
      CheckEvent: { key: 's3://a/b', check: { name: 'rows', status: 'PASS' } },
    }
    for (const type of eventTypes) expect(complete({ type, ...written[type] })).toMatchObject({ type })
  })

  it.each([
    ['a type that is none', { type: 'Event' }, /^type must be one of/],
    ['no object', 3, /no JSON object/],
    ['a field that is none', { type: 'CheckEvent', key: 's3://a/b', chek: {} }, /^chek is no field/],
    [
      'a nested field that is none',
      { type: 'MaterializationEvent', job: 'a', outputs: [{ key: 's3://a/b', metric: {} }] },
      /^outputs\.0\.metric is no field/,
    ],
    ['no job', { type: 'MaterializationEvent' }, /^job is missing/],
    ['no change', { type: 'AssetEvent', key: 's3://a/b' }, /^change is missing/],
    ['a state that is none', { type: 'MaterializationEvent', job: 'a', state: 'DONE' }, /^state does not fit/],
    ['a time that is none', { type: 'MaterializationEvent', job: 'a', occurredAt: '12' }, /^occurredAt is no ISO/],
    ['a number where text is', { type: 'AssetEvent', key: 's3://a/b', change: 'OWNED', owners: [1] }, /^owners/],
    ['a key that is none', { type: 'MaterializationEvent', job: 'a', inputs: ['orders'] }, /^Asset key "orders"/],
  ])('with %s is refused with its path', (_, written, problem) => {
    const problems = complete(written)
    expect('type' in problems ? '' : problems[0]?.detail).toMatch(problem)
  })
})
