import { recordHeaders } from '@headwater/schemas'
import type { IHeaders, Message, Producer } from 'kafkajs'
import { whileKafkaIsAway } from '../client/while-kafka-is-away.ts'
import type { DeadLetter, DeadLetterLog } from './dead-letter-log.ts'
import { recordedTimeOf } from './log-record.ts'
import { messageChunks } from './message-chunks.ts'
import { formatPosition } from './position.ts'

type LetterMessage = Message & { readonly value: Buffer; readonly headers: IHeaders }

/**
 * Value: the record's bytes as they were. Headers: reason code, reason, position, append time and key of the record. Of one that was
 * sent again, the time is that of the first, so that it is kept however often it is tried; and it tells which record that was.
 */
export function createKafkaDeadLetterLog(producer: Producer, topic: string): DeadLetterLog {
  return {
    async append(deadLetters) {
      for (const chunk of messageChunks(deadLetters.map(messageOf))) await send(chunk)
    },
  }

  /** What the topic has no room for is sent in halves, and at last without its bytes: it must not hold up the log, which has them. */
  async function send(messages: readonly LetterMessage[]): Promise<void> {
    try {
      await whileKafkaIsAway(() => producer.send({ topic, acks: -1, messages: [...messages] }))
    } catch (error) {
      const [first, ...others] = messages
      if (first === undefined || first.headers[recordHeaders.omittedBytes] !== undefined || !isTooLarge(error))
        throw error
      if (others.length === 0) return send([withoutValue(first)])
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
  return {
    key: formatPosition(record),
    value: record.value ?? Buffer.alloc(0),
    headers: {
      [recordHeaders.reasonCode]: code,
      [recordHeaders.reason]: reason,
      [recordHeaders.position]: formatPosition(record),
      [recordHeaders.recordedAt]: String(recordedTimeOf(record)),
      ...(record.key === null ? {} : { [recordHeaders.key]: record.key }),
      ...(record.retry?.of === undefined ? {} : { [recordHeaders.retryOf]: record.retry.of }),
    },
  }
}
