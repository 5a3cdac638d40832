import type { Kafka } from 'kafkajs'
import type { DeadLetter } from '../letters/dead-letter.ts'
import { resolveLetters } from './resolve-letters.ts'
import type { Decision } from './retry-letters.ts'
import { withProducer } from './with-producer.ts'

const mostAtOnce = 1_000

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
      for (; dropped < letters.length; dropped += mostAtOnce) {
        const some = letters.slice(dropped, dropped + mostAtOnce)
        await resolveLetters(
          producer,
          topic,
          some.map((letter) => ({ letter, resolution })),
        )
      }
    },
  )
}
