import {
  createTestTopic,
  eventually,
  JavaClients,
  type JavaRecord,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctFetches } from '../../src/fetch/correct-fetches.ts'

let java: JavaClients

beforeAll(async () => {
  correctFetches()
  java = await JavaClients.start(testStack())
})
afterAll(() => java.stop())

/** The positions of what a consumer of this process delivers, once it has passed every offset before the end. */
async function delivered(topic: string, from = 0): Promise<readonly string[]> {
  const consumer = testKafka().consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 50 })
  const admin = testKafka().admin()
  const found = new Map<string, string>()
  const passed = new Map<number, number>()
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
    passed.set(payload.partition, Number(payload.lastOffset)),
  )
  await Promise.all([consumer.connect(), admin.connect()])
  const ends = await admin.fetchTopicOffsets(topic)
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const { partition } of ends) consumer.seek({ topic, partition, offset: String(from) })
  })
  await consumer.subscribe({ topics: [topic] })
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { offset, value } of batch.messages) found.set(`${batch.partition}:${offset}`, String(value))
    },
  })
  await eventually(() => {
    for (const { partition, high } of ends)
      if (Number(high) > from) expect(passed.get(partition)).toBeGreaterThanOrEqual(Number(high) - 1)
  }, 30_000)
  await Promise.all([consumer.disconnect(), admin.disconnect()])
  return [...found.keys()]
}

const values = (...texts: readonly string[]): readonly JavaRecord[] =>
  texts.map((text) => ({ value: Buffer.from(text) }))

describe('a consumer', () => {
  it('delivers nothing of aborted transactions that overlap, as the consumer of Java', async () => {
    const topic = await createTestTopic()
    const names = ['a', 'b', 'c'].map((name) => uniqueName(name))
    for (const name of names) await java.producer(name, { 'transactional.id': name, 'linger.ms': 0 })
    const decisions = [
      ['abort', 'commit', 'abort'],
      ['commit', 'abort', 'commit'],
      ['abort', 'abort', 'commit'],
    ] as const
    for (const [round, decided] of decisions.entries()) {
      for (const name of names) await java.begin(name)
      for (let turn = 0; turn < 3; turn++)
        for (const name of names) {
          await java.send(name, topic, values(`${name} ${round} ${turn}`, 'more'))
          await java.flush(name)
        }
      for (const n of [1, 0, 2]) await java[decided[n] as 'abort' | 'commit'](names[n] as string)
    }
    const committed = await java.committed(topic)
    expect(committed).toHaveLength(4 * 6)
    expect(await delivered(topic)).toEqual(committed)
    const middle = 10 // of an aborted transaction
    expect(await delivered(topic, middle)).toEqual(committed.filter((at) => Number(at.split(':')[1]) >= middle))
  })

  it('delivers nothing of a producer that another one with its id has replaced', async () => {
    const topic = await createTestTopic()
    const [id, other] = [uniqueName('id'), uniqueName('other')]
    await java.producer('first', { 'transactional.id': id })
    await java.producer('other', { 'transactional.id': other })
    await java.begin('first')
    await java.begin('other')
    await java.send('other', topic, values('lost'))
    await java.flush('other')
    await java.send('first', topic, values('lost 1', 'lost 2'))
    await java.flush('first')
    await java.send('other', topic, values('lost too'))
    await java.flush('other')
    await java.producer('second', { 'transactional.id': id })
    await java.begin('second')
    await java.send('second', topic, values('kept'))
    await expect(java.send('first', topic, values('fenced')).then(() => java.commit('first'))).rejects.toThrow(
      /Fenced|Epoch/,
    )
    await java.abort('other')
    await java.commit('second')
    const committed = await java.committed(topic)
    expect(committed).toHaveLength(1)
    expect(await delivered(topic)).toEqual(committed)
  })

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('reads what the producer of Java compresses: %s', async (type) => {
    const topic = await createTestTopic()
    const name = uniqueName(type)
    const settings = { 'compression.type': type, 'linger.ms': 50, 'batch.size': 400_000, 'transactional.id': name }
    await java.producer(name, settings)
    const records = Array.from({ length: 500 }, (_, n) => ({ value: Buffer.from(`${n} `.repeat(100 + n)) }))
    for (const decision of ['abort', 'commit'] as const) {
      await java.begin(name)
      await java.send(name, topic, records)
      await java[decision](name)
    }
    const committed = await java.committed(topic)
    expect(committed).toHaveLength(500)
    expect(await delivered(topic)).toEqual(committed)
  })
})
