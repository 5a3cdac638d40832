import { ProjectorError } from './errors.ts'

/** Makes what a call to Kafka throws ours; what kafkajs gave up retrying is worth trying again, later. */
export async function whileKafkaIsAway<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof ProjectorError) throw cause
    const { retriable, name, message } = cause as { retriable?: boolean; name: string; message: string }
    const retryable = retriable === true || name === 'KafkaJSNumberOfRetriesExceeded'
    throw new ProjectorError('KAFKA_UNAVAILABLE', `Kafka is not available: ${message}`, { cause, retryable })
  }
}
