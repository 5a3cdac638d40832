import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { connectSchemaRegistry, type SchemaIds } from '@headwater/schemas'
import { createTestTopic, ProjectorProcess, testStack, uniqueName } from '@headwater/testing'
import { expect } from 'vitest'

export type Projected = {
  readonly topic: string
  readonly deadLetters: string
  readonly ids: SchemaIds
  readonly client: ClickHouseClient
  readonly jobs: () => Promise<readonly string[]>
}

/** A projector as its users start it, and what it has made of a topic. */
export async function withProjector(work: (projected: Projected) => Promise<void>): Promise<void> {
  const stack = testStack()
  const topic = await createTestTopic()
  const [database, deadLetters] = [uniqueName('foreign'), `${topic}.dead`]
  const ids = await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic)
  const projector = new ProjectorProcess({ stack, topic, deadLetters, database, groupId: topic })
  const client = createClient({ url: stack.clickhouseUrl, database, log: { level: 127 } })
  const query = 'SELECT DISTINCT job_name FROM run_facts ORDER BY job_name'
  const jobs = async () => {
    const rows = await (await client.query({ query, format: 'JSONEachRow' })).json<{ job_name: string }>()
    return rows.map(({ job_name }) => job_name)
  }
  projector.start()
  try {
    await work({ topic, deadLetters, ids, client, jobs })
    expect(await projector.end('SIGTERM')).toBe(0)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${projector.output.slice(-2_000)}`, { cause: error })
  } finally {
    await projector.end('SIGKILL')
    await client.close()
  }
}
