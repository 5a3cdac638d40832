import { createClient } from '@clickhouse/client'
import { connectSchemaRegistry, eventsTopicConfig } from '@headwater/schemas'
import { buildMaterialization, eventually, testKafka, testStack, uniqueName } from '@headwater/testing'
import { pino } from 'pino'
import { afterEach, expect } from 'vitest'
import { createMetrics } from '../../src/metrics.ts'
import { projectAcrossRebuilds } from '../../src/project-across-rebuilds.ts'
import type { ProjectorOptions } from '../../src/projector-options.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

export type Tables = ReturnType<typeof tablesOf>

/** A database of its own for the tables of a topic. */
export function tablesOf(topic: string) {
  const client = createClient({ url: testStack().clickhouseUrl, request_timeout: 60_000, log: { level: 127 } })
  const database = uniqueName('identity')
  cleanups.push(async () => {
    await client.command({ query: `DROP DATABASE IF EXISTS ${database}` })
    await client.close()
  })
  const query = async <T>(query: string) =>
    (await client.query({ query: query.replaceAll('@', database), format: 'JSONEachRow' })).json<T>()
  return {
    ...{ topic, client, database, query },
    folded: async () => Object.fromEntries((await readPositions(client, database, topic)).offsets),
    jobs: async () =>
      (await query<{ job: string }>('SELECT DISTINCT job_name AS job FROM @.run_facts ORDER BY job')).map(
        ({ job }) => job,
      ),
    gaps: () =>
      query<{ partition: number; first: number; last: number }>(
        `SELECT partition, toUInt32(first_offset) AS first, toUInt32(last_offset) AS last FROM @.log_gaps FINAL ORDER BY partition, first`,
      ),
  }
}

/** A projector that runs until it fails or the test ends. Call `stop` to stop it earlier. */
export async function project(
  { topic, client, database }: Tables,
  options: Partial<ProjectorOptions> = {},
  lines: string[] = [],
) {
  const starting = new AbortController()
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const metrics = createMetrics(topic)
  const projector = await projectAcrossRebuilds({
    ...{ kafka: testKafka(), clickhouse: client, database, metrics, logger, signal: starting.signal },
    registry: connectSchemaRegistry({ url: testStack().schemaRegistryUrl }),
    topics: { events: topic, deadLetters: `${topic}.dead`, partitions: 1, replication: 1, create: true },
    groupId: uniqueName('group'),
    maxBatchRecords: 1_000,
    sessionTimeoutMs: 10_000,
    ...options,
  })
  const stop = async () => {
    starting.abort()
    await projector.stop()
  }
  cleanups.push(stop)
  return { projector, lines, metrics, stop }
}

export const events = (job: string, count: number) =>
  Array.from({ length: count }, () =>
    buildMaterialization({ job: { namespace: 'shop', name: job, type: '' }, outputs: [`s3://${job}`] }),
  )

async function withAdmin<T>(
  work: (admin: ReturnType<ReturnType<typeof testKafka>['admin']>) => Promise<T>,
): Promise<T> {
  const admin = testKafka().admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

export const deleteTopic = (topic: string) => withAdmin((admin) => admin.deleteTopics({ topics: [topic] }))

export const topicExists = (topic: string) => withAdmin(async (admin) => (await admin.listTopics()).includes(topic))

export function createTopic(topic: string, numPartitions = 1): Promise<void> {
  const configEntries = Object.entries(eventsTopicConfig).map(([name, value]) => ({ name, value }))
  return withAdmin(async (admin) => {
    await eventually(async () => {
      await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true })
    })
    await eventually(async () => expect(await admin.fetchTopicOffsets(topic)).toHaveLength(numPartitions))
  })
}

export async function recreateTopic(topic: string, numPartitions = 1): Promise<void> {
  await deleteTopic(topic)
  await createTopic(topic, numPartitions)
}

export const deleteRecords = (topic: string, before: number) =>
  withAdmin(async (admin) => {
    await admin.fetchTopicOffsets(topic) // kafkajs deletes records only of topics that it knows
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] })
  })
