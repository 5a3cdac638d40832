import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { expireHistory } from '@headwater/clickhouse'
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
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { readPositions } from '../src/clickhouse-positions.ts'
import { compareTables } from '../src/replay/compare-tables.ts'
import { databaseExists, RebuiltDatabase } from '../src/replay/rebuilt-database.ts'

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
    count: async (table) => Number((await ask(`SELECT count() AS n FROM @.${table} FINAL`))[0]?.['n']),
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
const events = (count: number): HeadwaterEvent[] =>
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

/** Of so many events, a multiple of twenty. */
const factsOf = (sent: number): number => (sent * 19) / 20

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

/** Sends events, some of them again and again, until told to stop. */
function load(topic: string): { stop(): Promise<number> } {
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

/** Reads positions and counts runs as fast as it can; throws when anything goes backwards. */
function read({ client, options, ask }: Setting): { stop(): Promise<number> } {
  let going = true
  const reading = (async () => {
    let reads = 0
    let before: ReadonlyMap<number, number> = new Map()
    let runsBefore = 0
    for (; going; reads++) {
      const { offsets } = await readPositions(client, options.database, options.topic)
      for (const [partition, offset] of before) expect(offsets.get(partition)).toBeGreaterThanOrEqual(offset)
      const runs = Number((await ask('SELECT uniqExact(run_id) AS n FROM @.run_facts'))[0]?.['n'])
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

/** Kills a replay that has built a part of the tables. */
async function killInMidst({ replay, client, options }: Setting): Promise<void> {
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
  throw new Error('It was done each time before it could be killed')
}

const failure = (replay: ReplayProcess) => replay.of('failed')[0]

describe('a replay', () => {
  it('under load, with duplicates and several projectors, swaps equal tables in; readers see no gap', async () => {
    const setting = await set()
    const { options, projector, replay, count } = setting
    projector()
    projector()
    const loading = load(options.topic)
    await eventually(async () => expect(await count('run_facts')).toBeGreaterThan(1_000), 60_000)
    const reading = read(setting)
    const run = replay()
    expect({ code: await run.exit(), failure: failure(run) }).toEqual({ code: 0, failure: undefined })
    const after = await count('run_facts')
    await eventually(async () => expect(await count('run_facts')).toBeGreaterThan(after + 200), 30_000)
    expect(await reading.stop()).toBeGreaterThan(20)
    const sent = await loading.stop()
    await eventually(async () => expect(await count('run_facts')).toBe(factsOf(sent)), 30_000)
    expect((await readPositions(setting.client, options.database, options.topic)).generation).toBe(1)
    await expectEqualToOrderedPass(setting)
  }, 180_000)

  it('finds what the live tables have too much or too little, and swaps only when that is accepted', async () => {
    const setting = await set()
    const { options, projector, replay, count, ask, client } = setting
    await sendEvents(options.topic, events(400))
    const folding = projector()
    await eventually(async () => expect(await count('run_facts')).toBe(380), 30_000)
    await folding.end('SIGTERM')
    const planted = { asset: 's3://never', job_namespace: 'shop', job_name: 'none' }
    await client.insert({ table: `${options.database}.asset_writes`, values: [planted], format: 'JSONEachRow' })
    await client.command({
      query: `ALTER TABLE ${options.database}.run_facts DELETE WHERE run_id = (SELECT min(run_id) FROM ${options.database}.run_facts)`,
      clickhouse_settings: { mutations_sync: '1' },
    })
    const first = replay()
    expect(await first.exit()).toBe(1)
    expect(failure(first)).toMatchObject({ code: 'REPLAY_DIFFERS', retryable: false })
    expect(failure(first)?.['message']).toContain(
      'asset_writes (1 rows only live, 0 only rebuilt), run_facts (0 rows only live, 1 only rebuilt). Nothing was swapped',
    )
    expect(await count('run_facts')).toBe(379)
    const undecided = replay()
    expect(await undecided.exit()).toBe(1)
    expect(failure(undecided)).toMatchObject({ code: 'REPLAY_UNDECIDED' })
    expect(await replay('--accept-differences').exit()).toBe(0)
    expect(await count('run_facts')).toBe(380)
    expect(await ask(`SELECT * FROM @.asset_writes WHERE asset = 's3://never'`)).toEqual([])
    await expectEqualToOrderedPass(setting)
  }, 120_000)

  it('goes on where it was after it was killed, while building and while the projectors are held', async () => {
    const setting = await set(1)
    const { options, projector, replay, count } = setting
    for (let sent = 0; sent < 5; sent++) await sendEvents(options.topic, events(4_000))
    projector()
    await eventually(async () => expect(await count('run_facts')).toBe(19_000), 60_000)
    await killInMidst(setting)
    const pausing = replay()
    await eventually(() => expect(pausing.of('pausing')).toHaveLength(1), 60_000)
    await pausing.end('SIGKILL')
    expect(pausing.of('began')).toMatchObject([{ resumed: true }])
    await sendEvents(options.topic, events(200))
    const last = replay()
    expect({ code: await last.exit(), failure: failure(last) }).toEqual({ code: 0, failure: undefined })
    expect(last.of('began')).toMatchObject([{ resumed: true }])
    expect(last.of('finished')[0]?.['events']).toBeLessThan(20_000)
    await eventually(async () => expect(await count('run_facts')).toBe(19_190), 30_000)
    await expectEqualToOrderedPass(setting)
  }, 180_000)

  it('can be stopped and cancelled while it builds; only one is at work at a time', async () => {
    const setting = await set()
    const { options, projector, replay, count, client } = setting
    await sendEvents(options.topic, events(2_000))
    projector()
    await eventually(async () => expect(await count('run_facts')).toBe(1_900), 60_000)
    const building = replay()
    await eventually(() => expect(building.of('began')).toHaveLength(1), 30_000)
    building.signal('SIGSTOP')
    const second = replay('--cancel')
    expect(await second.exit()).toBe(1)
    expect(failure(second)).toMatchObject({ code: 'REPLAY_AT_WORK', retryable: true })
    building.signal('SIGINT')
    building.signal('SIGCONT')
    expect(await building.exit()).toBe(1)
    expect(building.lines.at(-1)).toMatchObject({ kind: 'stopped' })
    const cancel = replay('--cancel')
    expect(await cancel.exit()).toBe(0)
    expect(cancel.of('finished')).toMatchObject([{ outcome: 'cancelled', generation: 1 }])
    expect(await databaseExists(client, `${options.database}_replay`)).toBe(false)
    const verify = replay('--no-swap')
    expect(await verify.exit()).toBe(0)
    expect(verify.of('finished')).toMatchObject([{ outcome: 'verified', events: 2_000 }])
    expect(await databaseExists(client, `${options.database}_replay`)).toBe(false)
    expect((await readPositions(client, options.database, options.topic)).generation).toBe(0)
  }, 120_000)

  it('lets the same history expire as has expired in the live tables', async () => {
    const setting = await set()
    const { options, projector, replay, count } = setting
    await sendEvents(options.topic, events(300))
    projector()
    await eventually(async () => expect(await count('run_facts')).toBe(285), 60_000)
    const own = createClient({ url: options.stack.clickhouseUrl, database: options.database })
    cleanups.push(() => own.close())
    const now = Date.now()
    const times = { horizon: now, knownUntil: now, readersHaveMoved: async () => undefined }
    expect((await expireHistory(own, times)).runs).toBeGreaterThan(100)
    await sendEvents(options.topic, events(100))
    await eventually(async () => expect(await count('run_facts')).toBeLessThan(285), 60_000)
    const run = replay()
    expect({ code: await run.exit(), failure: failure(run) }).toEqual({ code: 0, failure: undefined })
    const [compared] = run.of('compared')
    expect(JSON.stringify(compared)).toContain('expired_runs')
    expect(await count('expired_runs')).toBeGreaterThan(10)
  }, 120_000)

  it('is not harmed by a projector that slept through the swap', async () => {
    const setting = await set(2)
    const { options, projector, replay, count, ask } = setting
    const sleeper = projector()
    const other = projector()
    const loading = load(options.topic)
    await eventually(async () => expect(await count('run_facts')).toBeGreaterThan(500), 60_000)
    await eventually(() => expect(sleeper.output.match(/"partitions":\[\d\]/g)?.length).toBeGreaterThan(0), 30_000)
    sleeper.signal('SIGSTOP')
    const sent = await loading.stop()
    await eventually(() => expect(other.output).toContain('"partitions":[0,1]'), 30_000)
    await sendEvents(options.topic, events(100))
    const run = replay()
    expect({ code: await run.exit(), failure: failure(run) }).toEqual({ code: 0, failure: undefined })
    sleeper.signal('SIGCONT')
    await sendEvents(options.topic, events(400))
    await eventually(() => expect(sleeper.output).toContain('starting anew'), 30_000)
    await eventually(async () => expect(await count('run_facts')).toBe(factsOf(sent + 500)), 30_000)
    const generations = await ask('SELECT DISTINCT generation FROM @.folded_offsets ORDER BY generation DESC')
    expect(generations[0]).toEqual({ generation: 1 })
    await expectEqualToOrderedPass(setting)
  }, 120_000)
})
