import type { Admin, Kafka } from 'kafkajs'
import { createUncommittedAdmin } from '../client/uncommitted-admin.ts'

/** A partition with an open transaction, and the first offset that cannot be read because of it. */
export type OpenPartition = { readonly partition: number; readonly offset: number }

/** The partitions of a topic that readers of committed records cannot read to their end now. */
export async function findOpenTransactions(
  kafka: Kafka,
  committed: Pick<Admin, 'fetchTopicOffsets'>,
  topic: string,
): Promise<readonly OpenPartition[]> {
  const uncommitted = createUncommittedAdmin(kafka)
  try {
    await uncommitted.connect()
    const ends = new Map((await uncommitted.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, high]))
    return (await committed.fetchTopicOffsets(topic))
      .filter(({ partition, high }) => Number(ends.get(partition) ?? high) > Number(high))
      .map(({ partition, high }) => ({ partition, offset: Number(high) }))
  } finally {
    await uncommitted.disconnect().catch(() => undefined)
  }
}
