import { createClient } from '@clickhouse/client'
import { buildApp, createClickHouseStore, createQuery } from '@headwater/api'
import { createTestDatabase } from '../stack/test-database.ts'
import { testStack } from '../stack/test-stack.ts'
import { createTestTopic } from '../stack/test-topic.ts'
import { uniqueName } from '../stack/unique-name.ts'
import { GatewayProcess } from './gateway-process.ts'
import { ProjectorProcess } from './projector-process.ts'

/** Gateway, projector and API over a topic and a database of their own. */
export type WholeSystem = {
  readonly gateway: GatewayProcess
  readonly projector: ProjectorProcess
  readonly topic: string
  readonly database: string
  /** The JSON that the API answers to a GET. @throws Error with the answer when its status is not 200 */
  ask<T>(path: string, query?: Readonly<Record<string, string>>): Promise<T>
  /** Rows of a query on the tables. */
  rows<T>(query: string): Promise<readonly T[]>
  end(): Promise<void>
}

export async function startWholeSystem(env: Readonly<Record<string, string>> = {}): Promise<WholeSystem> {
  const stack = testStack()
  const [topic, deadLetters] = [await createTestTopic(3), uniqueName('dead')]
  const { client: admin, database, drop } = await createTestDatabase()
  await admin.ping()
  const client = createClient({ url: stack.clickhouseUrl, database, request_timeout: 60_000 })
  const app = await buildApp({ store: createClickHouseStore(createQuery(client)) })
  const projector = new ProjectorProcess({ stack, topic, deadLetters, database, groupId: uniqueName('group') })
  projector.start()
  const gateway = new GatewayProcess({ stack, topic, deadLetters, env })
  await gateway.start()
  return {
    ...{ gateway, projector, topic, database },
    async ask<T>(path: string, query: Readonly<Record<string, string>> = {}) {
      const response = await app.inject({ url: `/api/v1/${path}`, query })
      if (response.statusCode !== 200) throw new Error(`${path} answers ${response.statusCode}: ${response.body}`)
      return response.json<T>()
    },
    async rows<T>(query: string) {
      return (await client.query({ query, format: 'JSONEachRow' })).json<T>()
    },
    async end() {
      await gateway.stop()
      await projector.end('SIGTERM')
      await app.close()
      await client.close()
      await drop()
    },
  }
}
