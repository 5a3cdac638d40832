import { setTimeout } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'
import { brokerRefusal } from '../../log/broker-refusal.ts'
import type { Position } from '../../log/position.ts'
import type { Waited } from './wait.ts'

const pauseMs = 200

/** Waits until a consumer group has come past positions, for `timeoutMs` at most. */
export async function untilTaken(
  kafka: Kafka,
  groupId: string,
  positions: readonly Position[],
  timeoutMs: number,
): Promise<Waited> {
  const until = performance.now() + timeoutMs
  const topics = [...new Set(positions.map(({ topic }) => topic))]
  const admin = kafka.admin()
  try {
    await admin.connect()
    for (;;) {
      const committed = await committedOf(admin, groupId, topics)
      if (positions.every((position) => (committed.get(placeOf(position)) ?? 0) > position.offset))
        return { kind: 'reached' }
      if (performance.now() >= until) return { kind: 'late' }
      await setTimeout(pauseMs)
    }
  } catch (error) {
    const refusal = brokerRefusal(error)
    return { kind: 'unknown', why: `Kafka does not tell how far ${groupId} is: ${refusal ?? (error as Error).message}` }
  } finally {
    await admin.disconnect()
  }
}

/** The offset at which the group goes on, by partition. */
async function committedOf(admin: Admin, groupId: string, topics: string[]): Promise<ReadonlyMap<string, number>> {
  const found = await admin.fetchOffsets({ groupId, topics })
  return new Map(
    found.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [placeOf({ topic, partition }), Number(offset)] as const),
    ),
  )
}

const placeOf = ({ topic, partition }: Pick<Position, 'topic' | 'partition'>) => `${topic}:${partition}`
