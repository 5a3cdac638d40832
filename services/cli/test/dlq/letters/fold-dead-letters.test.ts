import { formatPosition } from '@headwater/kafka'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeadLetterRecord } from '../../../src/dlq/letters/dead-letter.ts'
import { DeadLetters, resolutionKey } from '../../../src/dlq/letters/fold-dead-letters.ts'
import { decision, refusal, tombstone } from '../letter-records.ts'

function fold(...records: readonly DeadLetterRecord[]) {
  const letters = new DeadLetters()
  for (const record of records) letters.add(record)
  return letters.all()
}

const states = (...records: readonly DeadLetterRecord[]) =>
  fold(...records).map(({ position, resolution }) => [formatPosition(position), resolution?.kind ?? 'open'])

describe('a dead letter', () => {
  it('has the values that the projector wrote', () => {
    expect(fold(refusal('t:1:7', 1_000, { key: 'k', 'retry-of': 't:1:3' }))).toEqual([
      {
        id: 't:1:7@900',
        position: { topic: 't', partition: 1, offset: 7 },
        code: 'NOT_FRAMED',
        reason: 'Payload starts with byte 118, not with 0',
        recordedAt: 900,
        refusedAt: 1_000,
        key: Buffer.from('k'),
        value: Buffer.from('value of t:1:7'),
        size: 14,
        retryOf: 't:1:3',
        resolution: undefined,
      },
    ])
  })

  it('has the size of its bytes when they were too large for the topic', () => {
    const [letter] = fold({ ...refusal('t:0:1', 1, { 'omitted-bytes': '3000000' }), value: Buffer.alloc(0) })
    expect(letter).toMatchObject({ value: undefined, size: 3_000_000 })
  })

  it('is resolved by the latest decision about it', () => {
    expect(states(refusal('t:0:1'), refusal('t:0:2'), decision('t:0:1', 'dropped'))).toEqual([
      ['t:0:2', 'open'],
      ['t:0:1', 'dropped'],
    ])
    const [letter] = fold(
      refusal('t:0:1'),
      decision('t:0:1', 'dropped', 2_000, { note: 'a test' }),
      decision('t:0:1', 'retried', 3_000, { 'retried-as': 't:0:9' }),
    )
    expect(letter?.resolution).toEqual({ kind: 'retried', at: 3_000, by: 'ann', retriedAs: 't:0:9', note: undefined })
  })

  it('stays resolved, with its first refusal time, when the projector writes it again', () => {
    const again = fold(refusal('t:0:1', 1_000), decision('t:0:1', 'dropped'), refusal('t:0:1', 5_000))
    expect(again).toMatchObject([{ refusedAt: 1_000, resolution: { kind: 'dropped' } }])
  })

  it('stays resolved when compaction removed the copy before the decision', () => {
    expect(states(decision('t:0:1', 'retried'), refusal('t:0:1', 5_000))).toEqual([['t:0:1', 'retried']])
  })

  it('that was refused again after a retry is open at its new position', () => {
    const again = refusal('t:0:9', 4_000, { 'retry-of': 't:0:1' })
    expect(states(refusal('t:0:1'), decision('t:0:1', 'retried', 3_000, { 'retried-as': 't:0:9' }), again)).toEqual([
      ['t:0:9', 'open'],
      ['t:0:1', 'retried'],
    ])
  })

  it('is deleted by a tombstone; so is a decision', () => {
    expect(states(refusal('t:0:1'), tombstone('t:0:1'))).toEqual([])
    expect(states(refusal('t:0:1'), decision('t:0:1', 'dropped'), tombstone(resolutionKey('t:0:1')))).toEqual([
      ['t:0:1', 'open'],
    ])
  })

  it('of a topic that was created again is another one at the same position, with a decision of its own', () => {
    const [old, now] = [refusal('t:0:1@900', 1_000), refusal('t:0:1@4000', 4_100, { 'recorded-at': '4000' })]
    const idsOf = (...records: readonly DeadLetterRecord[]) =>
      fold(...records).map(({ id, resolution }) => [id, resolution?.kind ?? 'open'])
    expect(idsOf(old, decision('t:0:1@900', 'dropped'), now)).toEqual([
      ['t:0:1@4000', 'open'],
      ['t:0:1@900', 'dropped'],
    ])
    expect(
      idsOf(
        old,
        now,
        decision('t:0:1@4000', 'retried', 5_000),
        refusal('t:0:1@4000', 6_000, { 'recorded-at': '4000' }),
      ),
    ).toEqual([
      ['t:0:1@4000', 'retried'],
      ['t:0:1@900', 'open'],
    ])
    expect(idsOf(old, now, tombstone('t:0:1@900'))).toEqual([['t:0:1@4000', 'open']])
    expect(idsOf(old, now, tombstone('t:0:1'))).toEqual([])
  })

  it('that an earlier version wrote, or decided about, is the same, but not that of a later topic', () => {
    const [old, copy] = [refusal('t:0:1', 1_000), refusal('t:0:1@900', 5_000)]
    const later = refusal('t:0:1@4000', 4_100, { 'recorded-at': '4000' })
    expect(fold(old, decision('t:0:1', 'dropped'), copy, later)).toMatchObject([
      { id: 't:0:1@4000', resolution: undefined },
      { id: 't:0:1@900', refusedAt: 1_000, resolution: { kind: 'dropped' } },
    ])
  })

  it('is known by its position alone when it is a batch, whose time may be that of each reading', () => {
    const batch = (at: number) => refusal('t:0:1', at, { 'reason-code': 'UNREADABLE_BATCH', 'recorded-at': String(at) })
    expect(fold(batch(1_000), batch(2_000))).toMatchObject([{ id: 't:0:1', refusedAt: 1_000 }])
  })

  it('ignores records that other programs write to the topic', () => {
    expect(fold({ ...refusal('t:0:1'), key: undefined }, refusal('elsewhere'), decision('t:0:1', 'eaten'))).toEqual([])
  })

  it('is listed latest first, and at the same time by descending position', () => {
    const order = states(refusal('t:0:10', 5), refusal('t:0:9', 5), refusal('t:1:1', 9), refusal('a:0:1', 5))
    expect(order.map(([position]) => position)).toEqual(['t:1:1', 't:0:10', 't:0:9', 'a:0:1'])
  })
})

it('gives the same letters however often, and wherever, the projector writes a dead letter again', () => {
  const position = fc.integer({ min: 0, max: 4 }).map((offset) => `t:0:${offset}`)
  const record = fc.oneof(
    fc.tuple(position, fc.integer({ min: 1, max: 99 })).map(([at, time]) => refusal(at, time)),
    fc
      .tuple(position, fc.constantFrom('retried', 'dropped'), fc.integer({ min: 1, max: 99 }))
      .map(([at, kind, time]) => decision(at, kind, time)),
  )
  const story = fc.array(record, { maxLength: 12 })
  const copies = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 8 })
  fc.assert(
    fc.property(story, copies, (records, again) => {
      const more = [...records]
      for (const [which, where] of again) {
        const copied = records[which]
        const first = copied === undefined ? -1 : more.indexOf(copied)
        // Written again later than the first time, as a projector does.
        if (copied?.headers.has('headwater-reason-code'))
          more.splice(first + 1 + where, 0, { ...copied, at: copied.at + 100 })
      }
      expect(fold(...more)).toEqual(fold(...records))
    }),
  )
})
