import type { Producer } from 'kafkajs'
import type { DeadLetter } from './batch.ts'
import type { DeadLetterLog } from './dead-letter-log.ts'
import { whileKafkaIsAway } from './kafka-errors.ts'
import { formatPosition } from './position.ts'

/** Value: the record's bytes as they were. Headers: reason code, reason, position, append time and key of the record. */
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
      'headwater-reason-code': code,
      'headwater-reason': reason,
      'headwater-position': formatPosition(record),
      'headwater-recorded-at': String(record.recordedAt),
      ...(record.key === null ? {} : { 'headwater-key': record.key }),
    },
  }
}
