import { ConsumerStatus } from '@headwater/kafka'
import { createTestTopic, eventually, sendRecords, testKafka, uniqueName } from '@headwater/testing'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { consumeTopic } from '../../src/topic/consume-topic.ts'
import { TopicGaps } from '../../src/topic/topic-gaps.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** A consumer of the topic until the test ends. `held` keeps it from storing anything. */
function consume(topic: string, groupId: string) {
  const [stopping, values, lines] = [new AbortController(), [] as number[], [] as string[]]
  const gaps = new TopicGaps(topic)
  const gate = { held: Promise.resolve() as Promise<unknown>, waiting: 0 }
  const consuming = consumeTopic({
    ...{ kafka: testKafka(), topic, groupId, gaps, status: new ConsumerStatus(), signal: stopping.signal },
    async ingest(value) {
      gate.waiting++
      await gate.held
      values.push((value as { n: number }).n)
      return []
    },
    deadLetterLog: { append: async () => undefined },
    onLag: () => undefined,
    onStalled: () => undefined,
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
  })
  const stop = async () => {
    stopping.abort()
    await consuming
  }
  cleanups.push(stop)
  return { values, lines, gaps, gate, stop, log: () => lines.join('') }
}

const send = (topic: string, from: number, to: number) =>
  sendRecords(
    topic,
    Array.from({ length: to - from }, (_, index) => ({
      ...{ key: null, partition: 0, value: Buffer.from(JSON.stringify({ n: from + index })) },
    })),
  )

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

async function withAdmin<T>(
  work: (admin: ReturnType<ReturnType<typeof testKafka>['admin']>) => Promise<T>,
): Promise<T> {
  const admin = testKafka().admin()
  await admin.connect()
  return work(admin).finally(() => admin.disconnect())
}

const deleteRecords = (topic: string, before: number) =>
  withAdmin(async (admin) => {
    await admin.fetchTopicOffsets(topic) // kafkajs deletes records only of topics that it knows
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] })
  })

const recreate = (topic: string) =>
  withAdmin(async (admin) => {
    await admin.deleteTopics({ topics: [topic] })
    await eventually(async () => expect(await admin.createTopics({ topics: [{ topic }] })).toBe(true), 30_000)
  })

const committedOf = (topic: string, groupId: string) =>
  withAdmin(async (admin) => (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions[0])

async function commit(topic: string, groupId: string, offset: number, metadata: string): Promise<void> {
  const consumer = testKafka().consumer({ groupId, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic })
  consumer.on(consumer.events.GROUP_JOIN, () => consumer.pause([{ topic }])) // a fetch that fails would set the offset back
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined })
  await consumer.commitOffsets([{ topic, partition: 0, offset: String(offset), metadata }])
  await consumer.disconnect()
  expect(await committedOf(topic, groupId)).toMatchObject({ offset: String(offset), metadata: metadata || null })
}

async function consumed(count: number) {
  const [topic, groupId] = [await createTestTopic(), uniqueName('gateway')]
  await send(topic, 0, count)
  const first = consume(topic, groupId)
  await eventually(async () => expect(Number((await committedOf(topic, groupId))?.offset)).toBe(count), 30_000)
  expect(first.values).toEqual(numbers(0, count))
  return { topic, groupId, first }
}

describe('records of the OpenLineage topic that were deleted before they were consumed', () => {
  it('are a gap that is named once, over restarts, when the gateway was down', async () => {
    const { topic, groupId, first } = await consumed(3)
    await first.stop()
    await send(topic, 3, 8)
    await deleteRecords(topic, 6)
    const again = [consume(topic, groupId)]
    await eventually(() => expect(again[0]?.values).toEqual([6, 7]), 30_000)
    await eventually(async () => expect(Number((await committedOf(topic, groupId))?.offset)).toBe(8))
    await again[0]?.stop()
    again.push(consume(topic, groupId))
    await send(topic, 8, 9)
    await eventually(() => expect(again[1]?.values).toEqual([8]), 30_000)
    await eventually(
      () =>
        expect(again[1]?.gaps.now).toEqual({
          missingRecords: 3,
          gaps: [{ partition: 0, firstOffset: 3, lastOffset: 5 }],
        }),
      30_000,
    )
    expect(again.map(({ lines }) => lines.filter((line) => line.includes('Records were deleted')).length)).toEqual([
      1, 0,
    ])
    expect(again[0]?.log()).toContain('"firstOffset":3,"lastOffset":5')
  })

  it('are a gap while it runs, also when nothing is left to read', async () => {
    const { topic, groupId, first } = await consumed(2)
    let release: () => void = () => undefined
    first.gate.held = new Promise<void>((resolve) => {
      release = resolve
    })
    first.gate.waiting = 0
    await send(topic, 2, 3)
    await eventually(() => expect(first.gate.waiting).toBe(1))
    await send(topic, 3, 8)
    await deleteRecords(topic, 8)
    release()
    await eventually(() => expect(first.log()).toContain('"firstOffset":3,"lastOffset":7'), 30_000)
    await eventually(async () => expect(Number((await committedOf(topic, groupId))?.offset)).toBe(8), 30_000)
    await send(topic, 8, 9)
    await eventually(() => expect(first.values).toEqual([0, 1, 2, 8]))
    await eventually(() => expect(first.gaps.now.missingRecords).toBe(5), 30_000)
    expect(first.lines.filter((line) => line.includes('Records were deleted'))).toHaveLength(1)
  })

  it('are a gap from the beginning for a group that has committed nothing', async () => {
    const [topic, groupId] = [await createTestTopic(), uniqueName('gateway')]
    await send(topic, 0, 5)
    await deleteRecords(topic, 4)
    const { values, gaps } = consume(topic, groupId)
    await eventually(() => expect(values).toEqual([4]), 30_000)
    await eventually(() => expect(gaps.now.gaps).toEqual([{ partition: 0, firstOffset: 0, lastOffset: 3 }]), 30_000)
  })
})

describe('an OpenLineage topic that was created again', () => {
  it('is read from its beginning by a running gateway, also when it has outgrown the committed offset', async () => {
    const { topic, first } = await consumed(3)
    await recreate(topic)
    await send(topic, 100, 110)
    await eventually(
      () => expect(new Set(first.values)).toEqual(new Set([...numbers(0, 3), ...numbers(100, 110)])),
      60_000,
    )
    expect(first.log()).toContain('The topic was deleted and created again: reading it from its beginning')
  })

  it('is read from its beginning by a gateway that starts, also when the commits of the old one remain', async () => {
    const { topic, groupId, first } = await consumed(3)
    const old = await committedOf(topic, groupId)
    await first.stop()
    await recreate(topic)
    await send(topic, 100, 110)
    await commit(topic, groupId, 3, old?.metadata ?? '')
    const second = consume(topic, groupId)
    await eventually(() => expect(second.values).toEqual(numbers(100, 110)), 30_000)
    expect(second.log()).toContain('The topic was deleted and created again: reading it from its beginning')
  })

  it('is read from its beginning when it ends before the committed offset, whatever its id', async () => {
    const [topic, groupId] = [await createTestTopic(), uniqueName('gateway')]
    await send(topic, 0, 3)
    await commit(topic, groupId, 40, '')
    const { values, log } = consume(topic, groupId)
    await eventually(() => expect(values).toEqual([0, 1, 2]), 30_000)
    expect(log()).toContain('ends before the committed offset')
  })
})
