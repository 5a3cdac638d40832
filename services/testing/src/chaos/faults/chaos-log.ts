// Holds: what is cut off the log was read before and is kept, so that `records` is all that the log ever held.
import { findOpenTransactions } from '@headwater/kafka'
import type { LogRecord } from '@headwater/projector'
import { eventsTopicConfig } from '@headwater/schemas'
import kafkajs, { type Admin, type Kafka } from 'kafkajs'
import { readTopic, readTopicTo } from '../../stack/read-topic.ts'
import type { Offsets } from './fold-watch.ts'

export type ChaosLogOptions = {
  readonly kafka: Kafka
  readonly topic: string
  /** Next offset to fold, by partition. */
  readonly folded: () => Promise<Offsets>
  readonly mostPartitions: number
}

/** The log under load, as its operators treat it: they let old records expire, and add partitions. */
export class ChaosLog {
  readonly #options: ChaosLogOptions
  #kept: readonly LogRecord[] = []
  #codec = 0
  #cutting: Promise<void> = Promise.resolve()

  constructor(options: ChaosLogOptions) {
    this.#options = options
  }

  /** Removes what is folded, as retention does; one cut after another, since each reads what the last one left. Waits for the broker. */
  cut(): Promise<void> {
    const cut = this.#cutting.then(() => this.#cut())
    this.#cutting = cut.catch(() => undefined)
    return cut
  }

  async #cut(): Promise<void> {
    const { kafka, topic, folded } = this.#options
    const ends = await untilDone(() => folded())
    if (ends.size === 0) return
    const records = await untilDone(() => readTopicTo(kafka, topic, ends))
    const known = new Set(this.#kept.map(placeOf))
    const fresh = records.filter((record) => record.offset < (ends.get(record.partition) ?? 0))
    this.#kept = [...this.#kept, ...fresh.filter((record) => !known.has(placeOf(record)))]
    const partitions = [...ends].map(([partition, offset]) => ({ partition, offset: String(offset) }))
    await untilDone(() =>
      this.#withAdmin(async (admin) => {
        await admin.fetchTopicOffsets(topic) // kafkajs looks for leaders only in what it knows already
        await admin.deleteTopicRecords({ topic, partitions })
      }),
    )
  }

  async addPartition(): Promise<void> {
    const { topic, mostPartitions } = this.#options
    await untilDone(() =>
      this.#withAdmin(async (admin) => {
        const [found] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
        const count = (found?.partitions.length ?? 0) + 1
        if (count <= mostPartitions) await admin.createPartitions({ topicPartitions: [{ topic, count }] })
      }),
    )
  }

  /** The broker compresses what it appends from now on, each time with another codec. */
  async changeCompression(): Promise<void> {
    const codec = codecs[this.#codec++ % codecs.length] ?? codecs[0]
    const settings = { ...eventsTopicConfig, 'compression.type': codec }
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
    const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: this.#options.topic, configEntries }
    await untilDone(() =>
      this.#withAdmin((admin) => admin.alterConfigs({ validateOnly: false, resources: [resource] })),
    )
  }

  /** All records that the log ever held, partition by partition, in order. Waits until each transaction has ended. */
  async records(): Promise<readonly LogRecord[]> {
    const { kafka, topic } = this.#options
    await untilDone(() => this.#withAdmin((admin) => requireNoTransaction(kafka, admin, topic)))
    const known = new Set(this.#kept.map(placeOf))
    const all = [...this.#kept, ...(await readTopic(kafka, topic)).filter((record) => !known.has(placeOf(record)))]
    return all.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
  }

  async #withAdmin<T>(call: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#options.kafka.admin()
    try {
      await admin.connect()
      return await call(admin)
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }
}

/** @throws while what is behind an open transaction cannot be read */
async function requireNoTransaction(kafka: Kafka, admin: Admin, topic: string): Promise<void> {
  const open = await findOpenTransactions(kafka, admin, topic)
  if (open.length > 0) throw new Error(`Transactions are open in ${open.length} partitions of ${topic}`)
}

const codecs = ['zstd', 'lz4', 'snappy', 'gzip', 'uncompressed'] as const

const placeOf = ({ partition, offset }: LogRecord) => `${partition}:${offset}`

const mostTries = 60

/** Tries again while parts are away. */
async function untilDone<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}
