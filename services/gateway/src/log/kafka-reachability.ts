import type { Kafka } from 'kafkajs'

const knownForMs = 1_000

/** Asks the brokers about the topic, on a connection of its own. @returns why they cannot be reached, or undefined; known for a second */
export function createKafkaReachability(kafka: Kafka, topic: string): () => Promise<string | undefined> {
  let known: { readonly answer: Promise<string | undefined>; readonly until: number } | undefined
  return () => {
    const now = performance.now()
    if (known === undefined || now > known.until) known = { answer: ask(kafka, topic), until: now + knownForMs }
    return known.answer
  }
}

async function ask(kafka: Kafka, topic: string): Promise<string | undefined> {
  const admin = kafka.admin({ retry: { retries: 0 } })
  try {
    await admin.connect()
    await admin.fetchTopicMetadata({ topics: [topic] })
    return undefined
  } catch (error) {
    return `Kafka cannot be reached: ${(error as Error).message}`
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
