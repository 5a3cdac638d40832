import { type ClickHouseClient, createClient } from '@clickhouse/client'
import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  createTestTopic,
  eventually,
  ProjectorProcess,
  type ProjectorProcessOptions,
  ReplayProcess,
  sendEvents,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterEach, expect } from 'vitest'
import { compareTables } from '../../src/replay/compare-tables.ts'
import { RebuiltDatabase } from '../../src/replay/rebuilt-database.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'

export const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

export type Setting = {
  readonly options: ProjectorProcessOptions
  readonly client: ClickHouseClient
  readonly query: (sql: string) => Promise<readonly Record<string, unknown>[]>
  readonly count: (table: string) => Promise<number>
  readonly projector: () => ProjectorProcess
  readonly replay: (...args: string[]) => ReplayProcess
}

/** A topic and a database of their own; started processes end after the test. */
export async function set(partitions = 3): Promise<Setting> {
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
  const query = async (query: string) =>
    (await client.query({ query: query.replaceAll('@', database), format: 'JSONEachRow' })).json<
      Record<string, unknown>
    >()
  return {
    options,
    client,
    query,
    count: async (table) => Number((await query(`SELECT count() AS n FROM @.${table} FINAL`))[0]?.['n']),
    projector() {
      const projector = new ProjectorProcess(options)
      projector.start()
      cleanups.push(async () => {
        projector.signal('SIGCONT')
        await projector.end('SIGKILL')
      })
      return projector
    },
    replay: (...args) => started(new ReplayProcess(options, args)),
  }
}

function started(replay: ReplayProcess): ReplayProcess {
  cleanups.push(() => replay.end('SIGKILL'))
  return replay
}

let numbered = 0
export const events = (count: number): HeadwaterEvent[] =>
  Array.from({ length: count }, () => {
    const number = numbered++
    return number % 20 === 0
      ? buildAssetEvent({ key: `s3://out/${number % 50}`, change: 'TAGGED', tags: [`tag ${number}`] })
      : buildMaterialization({
          job: { namespace: 'shop', name: `job ${number % 30}`, type: '' },
          inputs: [`s3://in/${number % 7}`, `s3://in/${number}`],
          outputs: [{ key: `s3://out/${number % 50}`, metrics: { number } }],
        })
  })

/** Number of rows in run_facts for that many events, a multiple of twenty. */
export const factsOf = (sent: number): number => (sent * 19) / 20

/** Compares the live tables, once they have reached the end of the log, with those of one ordered pass. */
export async function expectEqualToOrderedPass({ options, client }: Setting): Promise<void> {
  const fresh = { ...options, database: `${options.database}_replay`, groupId: uniqueName('group') }
  const ends = await lastOffsets(options.topic)
  const untilWhole = (database: string) =>
    eventually(async () => {
      expect((await readPositions(client, database, options.topic)).offsets).toEqual(ends)
    }, 60_000)
  await untilWhole(options.database) // rows are written before positions
  const projector = new ProjectorProcess(fresh)
  projector.start()
  try {
    await untilWhole(fresh.database)
    const tables = await compareTables(client, new RebuiltDatabase(client, options.database))
    expect(tables.map(({ table }) => table)).toContain('run_facts')
    expect(tables.filter(({ equal }) => !equal)).toEqual([])
  } finally {
    await projector.end('SIGKILL')
    await client.command({ query: `DROP DATABASE IF EXISTS ${fresh.database}` })
  }
}

async function lastOffsets(topic: string): Promise<ReadonlyMap<number, number>> {
  const admin = testKafka().admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  return new Map(ends.filter(({ high }) => high !== '0').map(({ partition, high }) => [partition, Number(high) - 1]))
}

/** Sends events, some of them repeatedly, until stopped. */
export function load(topic: string): { stop(): Promise<number> } {
  let going = true
  const sending = (async () => {
    let sent = 0
    let before: HeadwaterEvent[] = []
    while (going) {
      const fresh = events(60)
      await sendEvents(topic, [...fresh, ...before.slice(0, 20)])
      sent += fresh.length
      before = fresh
    }
    return sent
  })()
  sending.catch(() => undefined)
  return {
    stop() {
      going = false
      return sending
    },
  }
}

/** Reads positions and counts runs as fast as it can; throws when either decreases. */
export function read({ client, options, query }: Setting): { stop(): Promise<number> } {
  let going = true
  const reading = (async () => {
    let reads = 0
    let before: ReadonlyMap<number, number> = new Map()
    let runsBefore = 0
    for (; going; reads++) {
      const { offsets } = await readPositions(client, options.database, options.topic)
      for (const [partition, offset] of before) expect(offsets.get(partition)).toBeGreaterThanOrEqual(offset)
      const runs = Number((await query('SELECT uniqExact(run_id) AS n FROM @.run_facts'))[0]?.['n'])
      expect(runs).toBeGreaterThanOrEqual(runsBefore)
      before = offsets
      runsBefore = runs
    }
    return reads
  })()
  reading.catch(() => undefined)
  return {
    stop() {
      going = false
      return reading
    },
  }
}

/** Kills a replay that has built part of the tables. */
export async function killInMidst({ replay, client, options }: Setting): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const building = replay('--restart')
    const lastOffset = async () => {
      const positions = await readPositions(client, `${options.database}_replay`, options.topic)
      return positions.offsets.get(0) ?? -1
    }
    await eventually(() => expect(building.of('began')).toHaveLength(1), 30_000)
    await eventually(async () => expect(await lastOffset()).toBeGreaterThan(0), 30_000)
    await building.end('SIGKILL')
    if ((await lastOffset()) < 19_999) return
  }
  throw new Error('Each replay finished before it could be killed')
}

export const failure = (replay: ReplayProcess) => replay.of('failed')[0]
