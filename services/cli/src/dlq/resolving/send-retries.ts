import { recordHeaders } from '@headwater/schemas'
import type { Message, Producer } from 'kafkajs'
import { formatPosition, type Position } from '../../log/position.ts'
import type { DeadLetter, SendableLetter } from '../letters/dead-letter.ts'

/** Where a dead letter lies after it was sent again. */
export type Retry = { readonly letter: DeadLetter; readonly retriedAs: Position }

/**
 * Produces the records of dead letters again: same topic, partition, key and bytes. Headers tell which record is repeated and when
 * that was appended, so that its rows are those of the first. The producer must be idempotent with one request in flight: the
 * offsets follow from the order.
 */
export async function sendRetries(producer: Producer, letters: readonly SendableLetter[]): Promise<readonly Retry[]> {
  const retries: Retry[] = []
  for (const [topic, some] of byTopic(letters)) {
    const next = new Map<number, number>()
    for (const { partition, baseOffset } of await producer.send({ topic, acks: -1, messages: some.map(messageOf) })) {
      next.set(partition, Number(baseOffset))
    }
    for (const letter of some) {
      const { partition } = letter.position
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
    partition: position.partition,
    key,
    value: code === 'EMPTY' ? null : value,
    headers: { [recordHeaders.retryOf]: formatPosition(position), [recordHeaders.recordedAt]: String(recordedAt) },
  }
}
