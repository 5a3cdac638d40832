import { setTimeout } from 'node:timers/promises'
import { KafkaError, type KafkaUse, type LogProbe, translateKafkaErrors } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import { parseNote } from './commit-note.ts'
import { type Consumed, type FoundPartition, isOtherTopic } from './locate-partition.ts'

export type PositionsOptions = {
  readonly admin: Pick<Admin, 'fetchTopicOffsets' | 'fetchOffsets'>
  readonly probe: LogProbe
  readonly topic: string
  readonly groupId: string
  readonly principal?: string | undefined
  /** A broker that has not heard of a new topic yet may still know the old one, so another answer is confirmed after this time. */
  readonly confirmAfterMs?: number
}

/** How far the group is by partition; nothing for those without a committed offset. */
export type CommittedPositions = ReadonlyMap<number, Consumed>

/** Reads from the brokers which topic it is, where it begins and ends, and how far the group is. */
export class TopicPositions {
  readonly #options: PositionsOptions
  readonly #use: KafkaUse

  constructor(options: PositionsOptions) {
    this.#options = options
    this.#use = { operation: 'Read', topics: [options.topic], group: options.groupId, principal: options.principal }
  }

  /** @param expected id of the topic as known; empty when unknown @throws KafkaError */
  async partitions(expected: string): Promise<ReadonlyMap<number, FoundPartition>> {
    const topicId = await this.#topicId(expected)
    const offsets = await translateKafkaErrors(
      () => this.#options.admin.fetchTopicOffsets(this.#options.topic),
      this.#use,
    )
    return new Map(
      offsets.map(({ partition, low, high }) => [partition, { topicId, low: Number(low), high: Number(high) }]),
    )
  }

  /** @throws KafkaError */
  async committed(): Promise<CommittedPositions> {
    const { admin, topic, groupId } = this.#options
    const found = await translateKafkaErrors(() => admin.fetchOffsets({ groupId, topics: [topic] }), this.#use)
    return new Map(
      found
        .flatMap(({ partitions }) => partitions)
        .filter(({ offset }) => Number(offset) >= 0) // otherwise none, or one that kafkajs has reset
        .map(({ partition, offset, metadata }) => [partition, { next: Number(offset), note: parseNote(metadata) }]),
    )
  }

  async #topicId(expected: string): Promise<string | undefined> {
    const first = await this.#existing()
    if (!isOtherTopic(expected, first)) return first
    await setTimeout(this.#options.confirmAfterMs ?? 1_000, undefined, { ref: false })
    return this.#existing()
  }

  async #existing(): Promise<string | undefined> {
    const { probe, topic } = this.#options
    const known = await probe.topic(topic)
    if (known.exists) return known.id
    throw new KafkaError('TOPIC_MISSING', `The topic ${topic} does not exist`, { retryable: true })
  }
}
