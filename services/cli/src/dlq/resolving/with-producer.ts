import type { Kafka, Producer } from 'kafkajs'
import { CliError } from '../../cli-error.ts'
import { brokerError } from '../../log/broker-error.ts'
import { kafkaReason } from '../../log/kafka-reason.ts'

/**
 * Calls with a producer that writes each record once and in order.
 * @param progress what was done so far, for the message of a failure
 * @throws CliError NOT_REACHABLE | REFUSED
 */
export async function withProducer(
  kafka: Kafka,
  progress: () => string,
  call: (producer: Producer) => Promise<void>,
): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 })
  try {
    await producer.connect()
    await call(producer)
  } catch (cause) {
    const code = brokerError(cause) === undefined ? 'NOT_REACHABLE' : 'REFUSED'
    throw new CliError(code, `${progress()}: ${kafkaReason(cause)}`, { cause })
  } finally {
    await producer.disconnect()
  }
}
