import type { IHeaders, Kafka, KafkaMessage } from 'kafkajs'
import { CliError } from '../../cli-error.ts'
import { brokerRefusal } from '../../log/broker-refusal.ts'
import { readTopic } from '../../log/read-topic.ts'
import type { DeadLetter } from './dead-letter.ts'
import { DeadLetters } from './fold-dead-letters.ts'

/**
 * Every dead letter, the last refused first. Reads the topic whole into memory.
 * @throws CliError NOT_REACHABLE | REFUSED
 */
export async function readDeadLetters(kafka: Kafka, topic: string): Promise<readonly DeadLetter[]> {
  const letters = new DeadLetters()
  try {
    await readTopic(kafka, topic, (message) => letters.add(recordOf(message)))
  } catch (cause) {
    throw cannotRead(topic, cause as Error)
  }
  return letters.all()
}

function cannotRead(topic: string, cause: Error): CliError {
  const refusal = brokerRefusal(cause)
  if (refusal === 'UNKNOWN_TOPIC_OR_PARTITION') {
    const hint = 'the projector makes it: start it with npm start, or check PROJECTOR_DEAD_LETTERS_TOPIC'
    return new CliError('REFUSED', `There is no topic ${topic} yet; ${hint}`, { cause })
  }
  const what = `The dead letters cannot be read: ${cause.message}`
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
