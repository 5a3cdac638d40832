import { formatPosition } from '@headwater/kafka'
import type { Kafka } from 'kafkajs'
import type { SendableLetter } from '../letters/dead-letter.ts'
import type { Decision } from './decision.ts'
import { letterChunks } from './letter-chunks.ts'
import { resolveLetters } from './resolve-letters.ts'
import { type Retry, sendRetries } from './send-retries.ts'
import { withProducer } from './with-producer.ts'

// Holds: a dead letter is resolved only after its record is durable in the log again. A crash between the two leaves it open, so it may
// be sent twice. That is harmless: the fold identifies an event by its content and counts it once.

/** Sends the records of dead letters again and resolves them. @throws CliError with the number that was sent before it failed */
export async function retryLetters(
  kafka: Kafka,
  topic: string,
  letters: readonly SendableLetter[],
  decision: Decision,
): Promise<readonly Retry[]> {
  const done: Retry[] = []
  let next: SendableLetter | undefined
  // Names the next record: one that a broker refuses, such as one too large with its headers, is refused at every retry.
  const progress = () =>
    `Sent ${done.length} of ${letters.length}${next === undefined ? '' : `, failed at ${formatPosition(next.position)}`}`
  await withProducer(kafka, progress, async (producer) => {
    const partitionsOf = await countPartitions(kafka, [...new Set(letters.map(({ position }) => position.topic))])
    for (const chunk of letterChunks(letters)) {
      next = chunk[0]
      const retries = await sendRetries(producer, chunk, partitionsOf)
      done.push(...retries)
      await resolveLetters(producer, topic, retries.map(resolved))
    }
  })
  return done

  function resolved({ letter, retriedAs }: Retry) {
    return { letter, resolution: { ...decision, kind: 'retried' as const, retriedAs: formatPosition(retriedAs) } }
  }
}

/** Of topics as they are now. */
async function countPartitions(kafka: Kafka, topics: string[]): Promise<(topic: string) => number> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const found = await admin.fetchTopicMetadata({ topics })
    const counts = new Map(found.topics.map(({ name, partitions }) => [name, partitions.length]))
    return (topic) => counts.get(topic) ?? 1
  } finally {
    await admin.disconnect()
  }
}
