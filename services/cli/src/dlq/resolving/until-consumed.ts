import { setTimeout } from 'node:timers/promises'
import type { Position } from '@headwater/kafka'
import type { Admin, Kafka } from 'kafkajs'
import { brokerError } from '../../log/broker-error.ts'
import { kafkaReason } from '../../log/kafka-reason.ts'
import type { WaitResult } from './until-folded.ts'

const pauseMs = 200

/** Waits until a consumer group has passed positions, for at most `timeoutMs`. */
export async function untilConsumed(
  kafka: Kafka,
  groupId: string,
  positions: readonly Position[],
  timeoutMs: number,
): Promise<WaitResult> {
  const until = performance.now() + timeoutMs
  const topics = [...new Set(positions.map(({ topic }) => topic))]
  const admin = kafka.admin()
  try {
    await admin.connect()
    for (;;) {
      const committed = await committedOf(admin, groupId, topics)
      if (positions.every((position) => (committed.get(partitionOf(position)) ?? 0) > position.offset))
        return { kind: 'reached' }
      if (performance.now() >= until) return { kind: 'late' }
      await setTimeout(pauseMs)
    }
  } catch (error) {
    const refusal = brokerError(error)
    return { kind: 'unknown', reason: `Cannot read the offsets of ${groupId}: ${refusal ?? kafkaReason(error)}` }
  } finally {
    await admin.disconnect()
  }
}

/** The next offset of the group, by partition. */
async function committedOf(admin: Admin, groupId: string, topics: string[]): Promise<ReadonlyMap<string, number>> {
  const found = await admin.fetchOffsets({ groupId, topics })
  return new Map(
    found.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [partitionOf({ topic, partition }), Number(offset)] as const),
    ),
  )
}

const partitionOf = ({ topic, partition }: Pick<Position, 'topic' | 'partition'>) => `${topic}:${partition}`
