import { setTimeout } from 'node:timers/promises'
import { KafkaError, type KnownTopic, type LogProbe, translateKafkaErrors } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import { checksumOf } from '../fold/fold-batch.ts'
import { recordRangeOf } from '../log/kafka-record-range.ts'
import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import type { FoldedLog } from '../tables/rows.ts'
import {
  differenceOf,
  type FoundLog,
  type FoundRecord,
  isOtherId,
  recognisedAt,
  replacedTopic,
} from './log-difference.ts'

export type LogGuardOptions = {
  readonly probe: LogProbe
  readonly admin: Pick<Admin, 'fetchTopicOffsets'>
  readonly topic: string
  /** Positions of the tables. */
  readonly stored: () => Promise<FoldedPositions>
  /** After a broker answered with another id: another broker may not have heard of the topic yet, so it is asked again. */
  readonly confirmAfterMs?: number
}

// Holds: `verify` resolves only when the topic was, at a moment after the call, the one that the tables are folded from. So records that
// were fetched before are of that log.

/** Recognises the log that tables are folded from. */
export class LogGuard {
  readonly #options: LogGuardOptions
  #logId = ''
  #running: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  constructor(options: LogGuardOptions) {
    this.#options = options
  }

  /** From now on the topic must be this one; empty when its id is unknown. */
  expect({ logId }: Pick<FoldedLog, 'logId'>): void {
    this.#logId = logId
  }

  /** @throws ProjectorError LOG_REPLACED, KafkaError; TOPIC_MISSING is retryable here */
  verify(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#running = this.#next ?? this.#running
        this.#next = undefined
        return this.#verifyId()
      })
    return this.#next
  }

  async #verifyId(): Promise<void> {
    const id = await this.topicId(this.#logId)
    if (isOtherId(this.#logId, id)) throw replacedTopic(this.#options.topic, this.#logId, id)
  }

  /** @param expected empty when unknown @throws KafkaError TOPIC_MISSING, retryable */
  async topicId(expected: string): Promise<string | undefined> {
    const { probe, topic, confirmAfterMs = 1_000 } = this.#options
    const first = existing(topic, await probe.topic(topic))
    if (!isOtherId(expected, first)) return first
    await setTimeout(confirmAfterMs, undefined, { ref: false })
    return existing(topic, await probe.topic(topic))
  }

  /**
   * Compares what the tables know with what the log holds.
   * @param partitions all by default
   * @throws ProjectorError LOG_REPLACED or LOG_SHORTER_THAN_TABLES, KafkaError
   */
  async examine(partitions?: readonly number[]): Promise<FoldedPositions & { readonly found: FoundLog }> {
    const stored = await this.#options.stored()
    const found = await this.#find(stored, partitions)
    const difference = differenceOf(this.#options.topic, stored, found)
    if (difference !== undefined) throw difference
    return { ...stored, found }
  }

  async #find(stored: FoldedPositions, partitions?: readonly number[]): Promise<FoundLog> {
    const { admin, topic } = this.#options
    const id = await this.topicId(stored.logId)
    const none: FoundLog = { id, ends: new Map(), records: new Map() }
    if (isOtherId(stored.logId, id)) return none
    const offsets = await translateKafkaErrors(() => admin.fetchTopicOffsets(topic), {
      operation: 'Read',
      topics: [topic],
    })
    const ends = new Map(
      offsets
        .filter(({ partition }) => partitions?.includes(partition) ?? true)
        .map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]),
    )
    return { id, ends, records: await this.#recordsOf(stored, ends) }
  }

  async #recordsOf(stored: FoldedPositions, ends: FoundLog['ends']): Promise<FoundLog['records']> {
    const { probe, topic } = this.#options
    const wanted = new Map<number, number>()
    for (const [partition, { low, high }] of ends) {
      const [known, last] = [stored.last.get(partition), stored.offsets.get(partition)]
      if (known === undefined || last === undefined) continue
      const offset = recognisedAt(known, last)
      if (offset >= low && offset < high) wanted.set(partition, offset)
    }
    const records = new Map<number, FoundRecord>()
    for (const [partition, messages] of await probe.messagesAt(topic, wanted)) {
      const range = recordRangeOf({ topic, partition }, messages, wanted.get(partition) ?? 0)
      for (const { offset, value, recordedAt, unreadable } of range?.records ?? []) {
        if (unreadable === undefined) records.set(partition, { offset, checksum: checksumOf(value), recordedAt })
        break
      }
    }
    return records
  }
}

function existing(topic: string, known: KnownTopic): string | undefined {
  if (known.exists) return known.id
  throw new KafkaError(
    'TOPIC_MISSING',
    `The topic ${topic} does not exist, and the tables were folded from it: waiting for it. It is not created here, since an empty topic of the same name is another log`,
    { retryable: true },
  )
}
