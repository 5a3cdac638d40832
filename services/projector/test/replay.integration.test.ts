import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { type HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  createTestTopic,
  eventually,
  ProjectorProcess,
  type ProjectorProcessOptions,
  ReplayProcess,
  sendEvents,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { readPositions } from '../src/clickhouse-positions.ts'
import { compareTables } from '../src/replay/compare-tables.ts'
import { RebuiltDatabase } from '../src/replay/rebuilt-database.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Setting = {
  readonly options: ProjectorProcessOptions
  readonly client: ClickHouseClient
  readonly ask: (sql: string) => Promise<readonly Record<string, unknown>[]>
  readonly count: (table: string) => Promise<number>
  readonly projector: () => ProjectorProcess
  readonly replay: (...args: string[]) => ReplayProcess
}

/** A topic of its own with a database; what is started is ended after the test. */
async function set(partitions = 3): Promise<Setting> {
  const stack = testStack()
  const topic = await createTestTopic(partitions)
  const database = uniqueName('replay')
  const options = { stack, topic, deadLetters: `${topic}.dead`, database, groupId: topic }
  const client = createClient({ url: stack.clickhouseUrl, request_timeout: 60_000, log: { level: 127 } })
  cleanups.push(async () => {
    for (const name of [database, `${database}_replay`])
      await client.command({ query: `DROP DATABASE IF EXISTS ${name}` })
    await client.close()
  })
  const ask = async (query: string) =>
    (await client.query({ query: query.replaceAll('@', database), format: 'JSONEachRow' })).json<
      Record<string, unknown>
    >()
  return {
    options,
    client,
    ask,
    count: async (table) => Number((await ask(`SELECT count() AS n FROM ${table} FINAL`))[0]?.['n']),
    projector() {
      const projector = new ProjectorProcess(options)
      projector.start()
      cleanups.push(async () => {
        projector.signal('SIGCONT')
        await projector.end('SIGKILL')
      })
      return projector
    },
    replay(...args) {
      const replay = new ReplayProcess(options, args)
      cleanups.push(() => replay.end('SIGKILL'))
      return replay
    },
  }
}

let numbered = 0
const events = (count: number): HeadwaterEvent[] =>
  Array.from({ length: count }, () => {
    const number = numbered++
    return number % 20 === 0
      ? buildAssetEvent({ key: `s3://out/${number % 50}`, change: 'TAGGED', tags: [`tag ${number}`] })
      : buildMaterialization({
          job: { namespace: 'shop', name: `job ${number % 30}` },
          inputs: [`s3://in/${number % 7}`, `s3://in/${number}`],
          outputs: [{ key: `s3://out/${number % 50}`, metrics: { number } }],
        })
  })

/** Compares the live tables with those that one ordered pass makes now. */
async function expectEqualToOrderedPass({ options, client }: Setting): Promise<void> {
  const fresh = { ...options, database: `${options.database}_replay`, groupId: uniqueName('group') }
  const { offsets } = await readPositions(client, options.database, options.topic)
  const projector = new ProjectorProcess(fresh)
  projector.start()
  try {
    await eventually(async () => {
      expect((await readPositions(client, fresh.database, options.topic)).offsets).toEqual(offsets)
    }, 60_000)
    const tables = await compareTables(client, new RebuiltDatabase(client, options.database))
    expect(tables.map(({ table }) => table)).toContain('run_facts')
    expect(tables.filter(({ equal }) => !equal)).toEqual([])
  } finally {
    await projector.end('SIGKILL')
    await client.command({ query: `DROP DATABASE IF EXISTS ${fresh.database}` })
  }
}

describe('a replay', () => {
  it('swaps equal tables in', async () => {
    const setting = await set()
    const { options, projector, replay, ask } = setting
    await sendEvents(options.topic, events(2_000))
    projector()
    await eventually(async () => expect(Number((await ask('SELECT count() n FROM @.run_facts FINAL'))[0]?.['n'])).toBe(1_900), 30_000)
    const run = replay()
    const code = await run.exit()
    console.log(JSON.stringify(run.lines, null, 1), run.errors)
    expect(code).toBe(0)
    await expectEqualToOrderedPass(setting)
  })
})
