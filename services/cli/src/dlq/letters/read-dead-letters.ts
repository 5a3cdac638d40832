import type { IHeaders, Kafka, KafkaMessage } from 'kafkajs'
import { CliError } from '../../cli-error.ts'
import { brokerError } from '../../log/broker-error.ts'
import { kafkaReason } from '../../log/kafka-reason.ts'
import { readTopic } from '../../log/read-topic.ts'
import type { DeadLetter } from './dead-letter.ts'
import { DeadLetters } from './fold-dead-letters.ts'

/**
 * Reads every dead letter, latest first. The whole topic is held in memory.
 * @throws CliError NOT_REACHABLE | REFUSED
 */
export async function readDeadLetters(kafka: Kafka, topic: string): Promise<readonly DeadLetter[]> {
  const letters = new DeadLetters()
  try {
    await readTopic(kafka, topic, ({ messages }) => {
      for (const message of messages) letters.add(recordOf(message))
    })
  } catch (cause) {
    throw cause instanceof CliError ? cause : cannotRead(topic, cause as Error)
  }
  return letters.all()
}

function cannotRead(topic: string, cause: Error): CliError {
  const refusal = brokerError(cause)
  if (refusal === 'UNKNOWN_TOPIC_OR_PARTITION') {
    const hint = 'the projector creates it: start it with npm start, or check PROJECTOR_DEAD_LETTERS_TOPIC'
    return new CliError('REFUSED', `Topic ${topic} not found; ${hint}`, { cause })
  }
  const what = `Cannot read dead letters: ${kafkaReason(cause)}`
  if (refusal !== undefined) return new CliError('REFUSED', what, { cause })
  return new CliError('NOT_REACHABLE', `${what}. Start Kafka with npm start, or check KAFKA_BROKERS`, { cause })
}

const recordOf = ({ key, value, headers, timestamp }: KafkaMessage) => ({
  key: key?.toString(),
  value,
  headers: new Map(Object.entries(headers ?? {}).flatMap(([name, header]) => bytesOf(name, header))),
  at: Number(timestamp),
})

function bytesOf(name: string, header: IHeaders[string]): [string, Buffer][] {
  const first = Array.isArray(header) ? header[0] : header
  return first === undefined ? [] : [[name, Buffer.from(first)]]
}
