import { recordHeaders } from '@headwater/schemas'
import type { Producer } from 'kafkajs'
import type { DeadLetter, Resolution } from '../letters/dead-letter.ts'
import { resolutionKey } from '../letters/fold-dead-letters.ts'

/** Appends resolutions of dead letters to their topic. Those of one letter stay in order, since they share a key. */
export async function resolveLetters(
  producer: Producer,
  topic: string,
  resolutions: readonly { readonly letter: DeadLetter; readonly resolution: Resolution }[],
): Promise<void> {
  if (resolutions.length === 0) return
  const messages = resolutions.map(({ letter, resolution }) => ({
    key: resolutionKey(letter.id),
    value: Buffer.alloc(0), // not null, which compaction would treat as a tombstone
    headers: headersOf(resolution),
  }))
  await producer.send({ topic, acks: -1, messages })
}

const headersOf = ({ kind, at, by, retriedAs, note }: Resolution) => ({
  [recordHeaders.resolution]: kind,
  [recordHeaders.resolvedAt]: String(at),
  [recordHeaders.resolvedBy]: by,
  ...(retriedAs === undefined ? {} : { [recordHeaders.retriedAs]: retriedAs }),
  ...(note === undefined ? {} : { [recordHeaders.note]: note }),
})
