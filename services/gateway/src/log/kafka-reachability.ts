import { connectionProblem } from '@headwater/kafka'
import type { Kafka } from 'kafkajs'

const cachedForMs = 1_000

/** Checks, on a separate connection, that the brokers answer for the topic. @returns why they do not, or undefined; cached for a second */
export function createKafkaReachability(kafka: Kafka, topic: string): () => Promise<string | undefined> {
  let cached: { readonly answer: Promise<string | undefined>; readonly until: number } | undefined
  return () => {
    const now = performance.now()
    if (cached === undefined || now > cached.until) cached = { answer: check(kafka, topic), until: now + cachedForMs }
    return cached.answer
  }
}

async function check(kafka: Kafka, topic: string): Promise<string | undefined> {
  const admin = kafka.admin({ retry: { retries: 0 } })
  try {
    await admin.connect()
    await admin.fetchTopicMetadata({ topics: [topic] })
    return undefined
  } catch (error) {
    return `Kafka is unreachable: ${connectionProblem(error)?.text ?? (error as Error).message}`
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
