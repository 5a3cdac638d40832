import { recordHeaders } from '@headwater/schemas'
import type { Producer } from 'kafkajs'
import type { DeadLetter } from './batch.ts'
import type { DeadLetterLog } from './dead-letter-log.ts'
import { whileKafkaIsAway } from './kafka-errors.ts'
import { formatPosition } from './position.ts'
import { recordedTimeOf } from './retry.ts'

/**
 * Value: the record's bytes as they were. Headers: reason code, reason, position, append time and key of the record. Of one that was
 * sent again, the time is that of the first, so that it is kept however often it is tried; and it tells which record that was.
 */
export function createKafkaDeadLetterLog(producer: Producer, topic: string): DeadLetterLog {
  return {
    async append(deadLetters) {
      if (deadLetters.length === 0) return
      await whileKafkaIsAway(() => producer.send({ topic, acks: -1, messages: deadLetters.map(messageOf) }))
    },
  }
}

function messageOf({ record, code, reason }: DeadLetter) {
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
