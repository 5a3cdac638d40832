import type { Kafka } from 'kafkajs'
import { formatPosition } from '../../log/position.ts'
import type { Resolution, SendableLetter } from '../letters/dead-letter.ts'
import { letterChunks } from './letter-chunks.ts'
import { resolveLetters } from './resolve-letters.ts'
import { type Retry, sendRetries } from './send-retries.ts'
import { withProducer } from './with-producer.ts'

// Holds: a dead letter is resolved only when its record is durable in the log again. A crash between the two leaves it open though
// it was sent, so it may be sent twice. That is harmless: the fold knows an event by its content and counts it once.

export type Decision = Pick<Resolution, 'at' | 'by' | 'note'>

/** Sends the records of dead letters again and resolves them. @throws CliError that says how many were sent before it failed */
export async function retryLetters(
  kafka: Kafka,
  topic: string,
  letters: readonly SendableLetter[],
  decision: Decision,
): Promise<readonly Retry[]> {
  const done: Retry[] = []
  let next: SendableLetter | undefined
  // The next is named: what a broker refuses, as a record that is too large with its headers, is refused whenever it comes.
  const progress = () =>
    `${done.length} of ${letters.length} were sent, not ${next === undefined ? 'more' : formatPosition(next.position)}`
  await withProducer(kafka, progress, async (producer) => {
    for (const chunk of letterChunks(letters)) {
      next = chunk[0]
      const retries = await sendRetries(producer, chunk)
      done.push(...retries)
      await resolveLetters(producer, topic, retries.map(resolved))
    }
  })
  return done

  function resolved({ letter, retriedAs }: Retry) {
    return { letter, resolution: { ...decision, kind: 'retried' as const, retriedAs: formatPosition(retriedAs) } }
  }
}
