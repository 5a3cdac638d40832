import type { Kafka } from 'kafkajs'
import type { DeadLetter } from '../letters/dead-letter.ts'
import type { Decision } from './decision.ts'
import { resolveLetters } from './resolve-letters.ts'

import { withProducer } from './with-producer.ts'

const chunkSize = 1_000

/** Resolves dead letters as dropped; their records stay in both topics. @throws CliError */
export async function dropLetters(
  kafka: Kafka,
  topic: string,
  letters: readonly DeadLetter[],
  decision: Decision,
): Promise<void> {
  const resolution = { ...decision, kind: 'dropped' as const, retriedAs: undefined }
  let dropped = 0
  await withProducer(
    kafka,
    () => (dropped === 0 ? 'Nothing was dropped' : `Only ${dropped} of ${letters.length} were dropped`),
    async (producer) => {
      for (; dropped < letters.length; dropped += chunkSize) {
        const chunk = letters.slice(dropped, dropped + chunkSize)
        await resolveLetters(
          producer,
          topic,
          chunk.map((letter) => ({ letter, resolution })),
        )
      }
    },
  )
}
