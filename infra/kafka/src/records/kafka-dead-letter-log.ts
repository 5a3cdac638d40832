import { recordHeaders } from '@headwater/schemas'
import type { IHeaders, Message, Producer } from 'kafkajs'
import type { KafkaUse } from '../errors/missing-right.ts'
import { translateKafkaErrors } from '../errors/translate-kafka-errors.ts'
import { chunksOf } from './chunks-of.ts'
import { deadLetterId } from './dead-letter-id.ts'
import type { DeadLetter, DeadLetterLog } from './dead-letter-log.ts'
import { recordedTimeOf } from './log-record.ts'
import { formatPosition } from './position.ts'

type LetterMessage = Message & { readonly value: Buffer; readonly headers: IHeaders }

// A broker accepts 1 MB of records per request by default; `bytesBeside` allows for headers and key.
const mostBytes = 768 << 10
const bytesBeside = 512

/**
 * Value: the unchanged bytes of the record. Headers: reason code, reason, position, append time and key of the record. For a retried
 * record the append time is that of the first attempt, so that it survives any number of retries, and a header names that record.
 * @param principal to whom the right to write is granted where it is missing
 */
export function createKafkaDeadLetterLog(
  producer: Producer,
  topic: string,
  principal?: string | undefined,
): DeadLetterLog {
  const use: KafkaUse = { operation: 'Write', topics: [topic], principal }
  return {
    async append(deadLetters) {
      const limits = { sizeOf: ({ value }: LetterMessage) => value.length + bytesBeside, mostBytes }
      for (const chunk of chunksOf(deadLetters.map(messageOf), limits)) await send(chunk)
    },
  }

  /** A batch too large for the topic is halved; a single letter is sent without its bytes, which the log still has: it must not block the log. */
  async function send(messages: readonly LetterMessage[]): Promise<void> {
    try {
      await translateKafkaErrors(() => producer.send({ topic, acks: -1, messages: [...messages] }), use)
    } catch (error) {
      const [first, ...rest] = messages
      if (first === undefined || first.headers[recordHeaders.omittedBytes] !== undefined || !isTooLarge(error))
        throw error
      if (rest.length === 0) return send([withoutValue(first)])
      const half = Math.ceil(messages.length / 2)
      await send(messages.slice(0, half))
      await send(messages.slice(half))
    }
  }
}

const withoutValue = ({ key, value, headers }: LetterMessage): LetterMessage => ({
  key: key ?? null,
  value: Buffer.alloc(0),
  headers: { ...headers, [recordHeaders.omittedBytes]: String(value.length) },
})

function isTooLarge(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: unknown }
  return type === 'MESSAGE_TOO_LARGE' || (cause instanceof Error && isTooLarge(cause))
}

function messageOf({ record, code, reason }: DeadLetter): LetterMessage {
  const recordedAt = String(recordedTimeOf(record))
  return {
    key: deadLetterId(formatPosition(record), record.unreadable === undefined ? recordedAt : undefined),
    value: record.value ?? Buffer.alloc(0),
    headers: {
      [recordHeaders.reasonCode]: code,
      [recordHeaders.reason]: reason,
      [recordHeaders.position]: formatPosition(record),
      [recordHeaders.recordedAt]: recordedAt,
      ...(record.key === null ? {} : { [recordHeaders.key]: record.key }),
      ...(record.retry?.of === undefined ? {} : { [recordHeaders.retryOf]: record.retry.of }),
    },
  }
}
