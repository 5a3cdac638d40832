import { createClient } from '@clickhouse/client'
import { expireHistory } from '@headwater/clickhouse'
import { eventually, sendEvents } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { databaseExists } from '../../src/replay/rebuilt-database.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'

import {
  cleanups,
  events,
  expectEqualToOrderedPass,
  factsOf,
  failure,
  killInMidst,
  load,
  read,
  set,
} from './replay-setting.ts'

describe('a replay', () => {
  it('swaps in equal tables under load, with duplicates and several projectors, and readers see no gap', async () => {
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

  it('finds extra and missing rows of the live tables, and swaps only when differences are accepted', async () => {
    const setting = await set()
    const { options, projector, replay, count, query, client } = setting
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
    expect(await query(`SELECT * FROM @.asset_writes WHERE asset = 's3://never'`)).toEqual([])
    await expectEqualToOrderedPass(setting)
  }, 120_000)

  it('resumes after a kill, while building and while the projectors are paused', async () => {
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

  it('can be stopped and cancelled while building, and refuses a second replay', async () => {
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

  it('expires the same history as the live tables', async () => {
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

  it('is not affected by a projector that missed the swap', async () => {
    const setting = await set(2)
    const { options, projector, replay, count, query } = setting
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
    await eventually(() => expect(sleeper.output).toContain('restarting the projector'), 30_000)
    await eventually(async () => expect(await count('run_facts')).toBe(factsOf(sent + 500)), 30_000)
    const generations = await query('SELECT DISTINCT generation FROM @.folded_offsets ORDER BY generation DESC')
    expect(generations[0]).toEqual({ generation: 1 })
    await expectEqualToOrderedPass(setting)
  }, 120_000)
})
