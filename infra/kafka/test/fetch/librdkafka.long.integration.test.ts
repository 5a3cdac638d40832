import {
  createTestTopic,
  eventually,
  isWithoutPython,
  runKafkaPython,
  SeededRandom,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { correctFetches } from '../../src/fetch/correct-fetches.ts'

type Step = readonly (string | number | null)[]
type Plan = { readonly topic: string; readonly steps: readonly Step[] }
type Read = { readonly records: readonly string[]; readonly ends: Readonly<Record<string, number>> }

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const partitions = 3
const [plans, turns] = [12, 120]
const seed = Number(process.env['PLAN_SEED'] ?? Date.now() % 1_000_000)

beforeAll(() => correctFetches())

/** Producers whose transactions overlap, commit, abort, are fenced or stay open, and one without transactions. */
class RandomPlan {
  readonly steps: Step[] = []
  readonly #random: SeededRandom
  /** The producers with an open transaction. */
  readonly #open = new Set<string>()
  #number = 0

  constructor(random: SeededRandom) {
    this.#random = random
    const ids = ['a', 'b', 'c', 'd'].map((id) => uniqueName(id))
    for (const id of ids) this.steps.push(['producer', id, id, this.#one(codecs)])
    this.steps.push(['producer', 'plain', null, this.#one(codecs)])
    for (let turn = 0; turn < turns; turn++) this.#turn(this.#one(ids))
  }

  #one = <T>(all: readonly T[]): T => all[Math.floor(this.#random.next() * all.length)] as T

  #send(name: string): void {
    const count = 1 + Math.floor(this.#random.next() * 4)
    const partition = Math.floor(this.#random.next() * partitions)
    for (let n = 0; n < count; n++)
      this.steps.push(['send', name, partition, `${name} ${this.#number++} ${'x'.repeat(50)}`])
    this.steps.push(['flush', name])
  }

  #turn(name: string): void {
    const chance = this.#random.next()
    if (chance < 0.15) this.#send('plain')
    else if (!this.#open.has(name)) {
      this.steps.push(['begin', name])
      this.#open.add(name)
      this.#send(name)
    } else if (chance < 0.6) this.#send(name)
    else if (chance < 0.66) this.#fence(name)
    else {
      this.steps.push([chance < 0.83 ? 'commit' : 'abort', name])
      this.#open.delete(name)
    }
  }

  /** Another producer with the id takes its place; the transaction that is open is aborted by the broker. */
  #fence(name: string): void {
    const zombie = `${name} zombie ${this.#number++}`
    this.steps.push(['rename', name, zombie], ['producer', name, name, this.#one(codecs)], ['fenced', zombie])
    this.#open.delete(name)
  }
}

/** What a consumer of this process delivers, once it has passed every offset before the ends. */
async function delivered(topic: string, ends: Read['ends']): Promise<readonly string[]> {
  const consumer = testKafka().consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 50 })
  const found = new Map<string, string>()
  const passed = new Map<number, number>()
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
    passed.set(payload.partition, Number(payload.lastOffset)),
  )
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { offset, value } of batch.messages)
        found.set(`${batch.partition}:${offset}`, `${batch.partition}:${offset}:${value}`)
    },
  })
  try {
    await eventually(() => {
      for (const [partition, end] of Object.entries(ends))
        if (end > 0) expect(passed.get(Number(partition)), `partition ${partition}`).toBeGreaterThanOrEqual(end - 1)
    }, 60_000)
  } finally {
    await consumer.disconnect()
  }
  return [...found.values()]
}

/** In the order of each partition; partitions are read side by side. */
const byPartition = (records: readonly string[]) =>
  Array.from({ length: partitions }, (_, partition) => records.filter((record) => record.startsWith(`${partition}:`)))

describe.skipIf(isWithoutPython)('a consumer', () => {
  it(`delivers what librdkafka delivers under read_committed, of random plans (PLAN_SEED=${seed})`, async () => {
    const random = new SeededRandom(seed)
    const planned: Plan[] = []
    for (let n = 0; n < plans; n++)
      planned.push({ topic: await createTestTopic(partitions), steps: new RandomPlan(random).steps })
    const read = await runKafkaPython<readonly Read[]>('read_committed.py', {
      ...{ brokers: testStack().kafkaBrokers, plans: planned },
    })
    let [committed, sent] = [0, 0]
    for (const [n, { records, ends }] of read.entries()) {
      const { topic, steps } = planned[n] as Plan
      const ours = await delivered(topic, ends)
      expect(byPartition(ours), `plan ${n} of seed ${seed}`).toEqual(byPartition(records))
      committed += records.length
      sent += steps.filter(([what]) => what === 'send').length
    }
    expect(committed).toBeGreaterThan(0)
    expect(committed).toBeLessThan(sent)
  }, 300_000)

  it('delivers what librdkafka delivers of a log whose beginning is deleted in the middle of a transaction', async () => {
    const topic = await createTestTopic(partitions)
    const [kept, lost] = [uniqueName('kept'), uniqueName('lost')]
    const steps: Step[] = [
      ...[
        ['producer', kept, kept, 'zstd'],
        ['producer', lost, lost, 'lz4'],
        ['begin', kept],
        ['begin', lost],
      ],
      ...Array.from({ length: 20 }, (_, n) => [
        ['send', n % 2 ? kept : lost, 0, `${n}`],
        ['flush', n % 2 ? kept : lost],
      ]).flat(),
      ...[
        ['abort', lost],
        ['commit', kept],
      ],
    ]
    const brokers = testStack().kafkaBrokers
    await runKafkaPython('read_committed.py', { brokers, plans: [{ topic, steps }] })
    const admin = testKafka().admin()
    await admin.connect()
    await admin.fetchTopicOffsets(topic) // kafkajs deletes records only of topics that it knows
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '7' }] })
    await admin.disconnect()
    const [read] = await runKafkaPython<readonly Read[]>('read_committed.py', {
      brokers,
      plans: [{ topic, steps: [] }],
    })
    expect(read?.records.map((record) => record.split(':')[2])).toEqual(['7', '9', '11', '13', '15', '17', '19'])
    expect(await delivered(topic, read?.ends ?? {})).toEqual(read?.records)
  }, 120_000)

  it('delivers what librdkafka delivers of a log that is compacted', async () => {
    const topic = uniqueName('compacted')
    const settings = { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.01', 'segment.ms': '100' }
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
    const admin = testKafka().admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions, configEntries }] })
    await admin.disconnect()
    const id = uniqueName('id')
    const round = (n: number): readonly Step[] => [
      ['begin', id],
      ...['a', 'b', 'c'].map((key) => ['send', id, 0, `${n}`, key]),
      ['flush', id],
      [n % 3 === 1 ? 'abort' : 'commit', id],
    ]
    const run = (steps: readonly Step[]) =>
      runKafkaPython<readonly Read[]>('read_committed.py', {
        brokers: testStack().kafkaBrokers,
        plans: [{ topic, steps }],
      })
    const rounds = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => round(from + n)).flat()
    const [before] = await run([['producer', id, id, 'lz4'], ...rounds(0, 20)])
    const [after] = await run([['producer', id, id, 'zstd'], ...rounds(20, 24)]) // begins a new segment
    const all = new Set([...(before?.records ?? []), ...(after?.records ?? [])]).size
    await eventually(async () => {
      const [read] = await run([])
      expect(read?.records.length).toBeLessThan(all)
      const ours = await delivered(topic, read?.ends ?? {})
      const [again] = await run([])
      expect(again, 'no compaction in between').toEqual(read)
      expect(ours).toEqual(read?.records)
    }, 120_000)
  }, 180_000)
})
