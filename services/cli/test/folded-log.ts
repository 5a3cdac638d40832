import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, createTestTopic, ProjectorProcess, testStack, uniqueName } from '@headwater/testing'
import { type Result, runHeadwater } from './run-headwater.ts'
import { startApi } from './start-api.ts'

/** A topic of the test stack with a projector, a database and an API of its own, and the command that uses them. */
export async function startFoldedLog() {
  const home = mkdtempSync(join(tmpdir(), 'headwater cli '))
  const stack = testStack()
  const topic = await createTestTopic(3)
  const deadLetters = `${topic}.dead`
  const { database, drop } = await createTestDatabase()
  const projector = new ProjectorProcess({ stack, topic, deadLetters, database, groupId: uniqueName('group') })
  projector.start()
  const api = await startApi(database)
  const env: NodeJS.ProcessEnv = {
    ...{ PATH: process.env['PATH'], HEADWATER_HOME: home, HEADWATER_API_URL: api.url },
    ...{ KAFKA_BROKERS: stack.kafkaBrokers, SCHEMA_REGISTRY_URL: stack.schemaRegistryUrl },
    ...{ CLICKHOUSE_URL: stack.clickhouseUrl, CLICKHOUSE_DATABASE: database },
    ...{ PROJECTOR_TOPIC: topic, PROJECTOR_DEAD_LETTERS_TOPIC: deadLetters },
  }
  const headwater = (args: readonly string[], input?: string): Promise<Result> => runHeadwater(args, env, input)
  return {
    ...{ env, headwater },
    async end(): Promise<void> {
      await api.stop()
      await projector.end('SIGTERM')
      await drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
