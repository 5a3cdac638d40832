import { formatPosition, type Position } from '@headwater/kafka'
import { recordHeaders } from '@headwater/schemas'
import type { Message, Producer } from 'kafkajs'
import type { DeadLetter, SendableLetter } from '../letters/dead-letter.ts'

/** A dead letter and the position of its new record. */
export type Retry = { readonly letter: DeadLetter; readonly retriedAs: Position }

/**
 * Produces the records of dead letters again, with the same topic, partition, key and bytes; a topic that was created again with fewer
 * partitions may lack the partition, and any other one will do. Headers carry the position and append time
 * of the original record, so that both give the same rows. The producer must be idempotent with one request in flight: offsets are
 * derived from the order.
 */
export async function sendRetries(
  producer: Producer,
  letters: readonly SendableLetter[],
  partitionsOf: (topic: string) => number = () => Number.POSITIVE_INFINITY,
): Promise<readonly Retry[]> {
  const retries: Retry[] = []
  for (const [topic, some] of byTopic(letters)) {
    const next = new Map<number, number>()
    const to = ({ position }: DeadLetter) => position.partition % partitionsOf(topic)
    const messages = some.map((letter) => ({ ...messageOf(letter), partition: to(letter) }))
    for (const { partition, baseOffset } of await producer.send({ topic, acks: -1, messages })) {
      next.set(partition, Number(baseOffset))
    }
    for (const letter of some) {
      const partition = to(letter)
      const offset = next.get(partition) ?? Number.NaN
      next.set(partition, offset + 1)
      retries.push({ letter, retriedAs: { topic, partition, offset } })
    }
  }
  return retries
}

function byTopic(letters: readonly SendableLetter[]): ReadonlyMap<string, readonly SendableLetter[]> {
  const topics = [...new Set(letters.map(({ position }) => position.topic))]
  return new Map(topics.map((topic) => [topic, letters.filter(({ position }) => position.topic === topic)]))
}

function messageOf({ position, code, key, value, recordedAt }: SendableLetter): Message {
  return {
    key,
    value: code === 'EMPTY' ? null : value,
    headers: { [recordHeaders.retryOf]: formatPosition(position), [recordHeaders.recordedAt]: String(recordedAt) },
  }
}
