import { KafkaError } from '@headwater/kafka'
import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseNote } from '../../src/topic/commit-note.ts'
import { TopicAssignment, type TopicMemory } from '../../src/topic/topic-assignment.ts'
import { TopicPositions } from '../../src/topic/topic-positions.ts'

const start = { id: 'one', low: 0, high: 0, offset: -1, metadata: '' }
const broker = { ...start }
beforeEach(() => Object.assign(broker, start))

const positions = () =>
  new TopicPositions({
    ...{ topic: 'inbox', groupId: 'group', confirmAfterMs: 0 },
    admin: {
      fetchTopicOffsets: async () => [
        { partition: 0, low: String(broker.low), high: String(broker.high), offset: String(broker.high) },
      ],
      fetchOffsets: async () => [
        { topic: 'inbox', partitions: [{ partition: 0, offset: String(broker.offset), metadata: broker.metadata }] },
      ],
    },
    probe: {
      topic: async () => ({ exists: true, id: broker.id }),
      messagesAt: async () => new Map(),
      close: async () => undefined,
    },
  })

function assign(memory: TopicMemory = new Map()) {
  const calls: string[] = []
  const failures: Error[] = []
  const commits = { fail: false }
  const assignment = new TopicAssignment({
    consumer: {
      pause: () => void calls.push('pause'),
      resume: () => void calls.push('resume'),
      seek: ({ offset }) => void calls.push(`seek ${offset}`),
      async commitOffsets([commit]) {
        if (commits.fail) throw new KafkaError('KAFKA_UNAVAILABLE', 'rebalancing', { retryable: true })
        Object.assign(broker, { offset: Number(commit?.offset), metadata: commit?.metadata })
      },
    },
    ...{ topic: 'inbox', memory, positions: positions(), running: Promise.resolve() },
    ...{ logger: pino({ level: 'silent' }), onLocated: () => undefined, onCommitted: () => undefined },
    onFailure: (error) => void failures.push(error),
  })
  return { assignment, calls, failures, commits, memory }
}

const batch = (from: number, last: number, highWatermark = last + 1) => ({
  ...{ partition: 0, fetchedOffset: String(from), highWatermark: String(highWatermark) },
  lastOffset: () => String(last),
})
const fresh = () => false
const note = () => parseNote(broker.metadata)

describe('an assignment of the OpenLineage topic', () => {
  it('fetches nothing before it knows where to begin, and takes each batch that follows', async () => {
    Object.assign(broker, { high: 10, offset: 4 })
    const { assignment, calls } = assign()
    assignment.begin([0])
    expect(calls).toEqual(['pause'])
    const held = await assignment.take(batch(4, 6), fresh)
    expect(calls).toEqual(['pause', 'seek 4', 'resume'])
    if (held !== undefined) await assignment.commit(held, 7)
    expect(await assignment.take(batch(7, 9), fresh)).toBe(held)
    expect(await assignment.take(batch(7, 9), () => true)).toBeUndefined()
    expect(note()).toEqual({ topicId: 'one', gaps: [], missingRecords: 0 })
  })

  it('examines the topic when the broker did not have the offset, whatever kafkajs committed then', async () => {
    Object.assign(broker, { high: 10, offset: 4 })
    const { assignment, calls } = assign()
    assignment.begin([0])
    await assignment.take(batch(4, 4), fresh)
    Object.assign(broker, { low: 8, offset: -2, metadata: '' })
    expect(await assignment.take(batch(8, 9), fresh)).toBeUndefined()
    await assignment.look()
    expect(calls.slice(-1)).toEqual(['resume'])
    expect(calls).toContain('seek 8')
    expect(note()).toEqual({ topicId: 'one', gaps: [{ firstOffset: 4, lastOffset: 7 }], missingRecords: 4 })
  })

  it('counts what it has seen of a topic and not taken when the topic is created again, whose commits Kafka deletes', async () => {
    Object.assign(broker, { high: 10, offset: 4 })
    const { assignment } = assign()
    assignment.begin([0])
    const held = await assignment.take(batch(4, 5, 20), fresh) // in hand, so it will be stored
    Object.assign(broker, { id: 'two', low: 0, high: 3, offset: -1, metadata: '' })
    await assignment.look()
    expect(await assignment.take(batch(0, 2), fresh)).toBeDefined()
    expect(held && assignment.isCurrent(held)).toBe(false)
    await assignment.look()
    const gaps = [{ firstOffset: 6, lastOffset: 19, topicId: 'one' }]
    expect(note()).toEqual({ topicId: 'two', gaps, missingRecords: 14 })
  })

  it('knows the topic that was deleted after its consumer has ended', async () => {
    Object.assign(broker, { high: 4, offset: 4 })
    const { assignment, memory } = assign()
    assignment.begin([0])
    await assignment.look()
    Object.assign(broker, { id: 'two', high: 9, offset: -1, metadata: '' })
    const next = assign(memory)
    next.assignment.begin([0])
    await next.assignment.look()
    expect(next.calls).toContain('seek 0')
    expect(broker.offset).toBe(0)
    expect(note()).toEqual({ topicId: 'two', gaps: [], missingRecords: 0 })
  })

  it('does not count a batch in hand as deleted, and commits a gap again that could not be committed', async () => {
    Object.assign(broker, { high: 10, offset: 4 })
    const { assignment, commits } = assign()
    assignment.begin([0])
    const held = await assignment.take(batch(4, 5), fresh)
    broker.low = 8
    await assignment.look()
    expect(held && assignment.isCurrent(held)).toBe(true)
    if (held !== undefined) {
      await assignment.commit(held, 6)
      assignment.release(held)
    }
    commits.fail = true
    await assignment.look().catch(() => undefined)
    await assignment.look().catch(() => undefined)
    expect(broker.offset).toBe(6)
    commits.fail = false
    await assignment.look()
    expect(broker.offset).toBe(8)
    expect(note()).toMatchObject({ gaps: [{ firstOffset: 6, lastOffset: 7 }], missingRecords: 2 })
  })

  it('keeps the gaps of partitions that the topic lacks since it was created again, and adds what was not read of them', async () => {
    const memory: TopicMemory = new Map()
    const gaps = [{ firstOffset: 1, lastOffset: 2 }]
    const note4 = { topicId: 'one', gaps, missingRecords: 2 }
    memory.set(4, { partition: 4, next: 5, taken: 5, end: 9, note: note4, isNoted: true })
    Object.assign(broker, { id: 'two', high: 3 })
    const { assignment } = assign(memory)
    for (let times = 0; times < 2; times++) {
      assignment.begin([0])
      await assignment.look()
    }
    const known = { topicId: 'one', partition: 4 }
    expect(note()).toEqual({
      topicId: 'two',
      gaps: [
        { ...known, firstOffset: 1, lastOffset: 2 },
        { ...known, firstOffset: 5, lastOffset: 8 },
      ],
      missingRecords: 6,
    })
  })
})
