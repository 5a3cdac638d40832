import { createClient } from '@clickhouse/client'
import { migrate } from '@headwater/clickhouse'
import { createTestDatabase, type TestDatabase, testStack, uniqueName } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readGenerationState } from '../../src/generations/clickhouse-generation-state.ts'
import { ReplayClaim } from '../../src/replay/replay-claim.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'

let target: TestDatabase
beforeAll(async () => {
  target = await createTestDatabase()
})
afterAll(() => target.drop())

const insert = (table: string, values: readonly object[]) =>
  target.client.insert({ table: `${target.database}.${table}`, values, format: 'JSONEachRow' })

describe('generations of tables', () => {
  it('are added to an existing positions table, even by several projectors at once', async () => {
    const client = createClient({ url: testStack().clickhouseUrl })
    const database = uniqueName('test')
    const positions = `${database}.folded_offsets`
    try {
      await client.command({ query: `CREATE DATABASE ${database}` })
      await client.command({
        query: `CREATE TABLE ${positions} (topic LowCardinality(String), partition UInt32,
          last_offset SimpleAggregateFunction(max, UInt64), recorded_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')))
          ENGINE = AggregatingMergeTree ORDER BY (topic, partition)`,
      })
      await client.insert({
        table: positions,
        values: [{ topic: 'log', partition: 0, last_offset: 7 }],
        format: 'JSONEachRow',
      })
      await Promise.all([migrate(client, database), migrate(client, database), migrate(client, database)])
      expect(await readPositions(client, database, 'log')).toMatchObject({ generation: 0, offsets: new Map([[0, 7]]) })
      const later = [{ topic: 'log', partition: 0, last_offset: 3, generation: 1 }]
      await client.insert({ table: positions, values: later, format: 'JSONEachRow' })
      await client.command({ query: `OPTIMIZE TABLE ${positions} FINAL` })
      expect(await readPositions(client, database, 'log')).toMatchObject({ generation: 1, offsets: new Map([[0, 3]]) })
    } finally {
      await client.command({ query: `DROP DATABASE IF EXISTS ${database}` })
      await client.close()
    }
  })

  it('make only positions of the latest generation count, in every partition', async () => {
    const { client, database } = target
    await insert('folded_offsets', [
      { topic: 'log', partition: 0, last_offset: 9, generation: 1 },
      { topic: 'log', partition: 0, last_offset: 5, generation: 2 },
      { topic: 'log', partition: 1, last_offset: 9, generation: 1 },
      { topic: 'other', partition: 0, last_offset: 1, generation: 2 },
    ])
    expect(await readPositions(client, database, 'log')).toMatchObject({
      generation: 2,
      offsets: new Map([[0, 5]]),
      otherTopics: ['other'],
    })
  })

  it('are paused by the latest replay, while it renews its claim', async () => {
    const { client, database } = target
    const row = (state: string, secondsAgo: number, owner: string) => ({
      ...{ generation: 3, owner, state },
      changed_at: new Date(Date.now() - secondsAgo * 1_000).toISOString().replace('T', ' ').replace('Z', ''),
    })
    const isPaused = async () => (await readGenerationState(client, database)).paused
    expect(await isPaused()).toBe(false)
    await insert('replays', [row('pausing', 20, 'a host 1')])
    expect(await isPaused()).toBe(false)
    await insert('replays', [row('pausing', 2, 'a host 1')])
    expect(await isPaused()).toBe(true)
    await insert('replays', [row('building', 1, 'b host 2')])
    expect(await isPaused()).toBe(false)
  })

  it('are built by one replay at a time: the first continues, every later one fails', async () => {
    const other = await createTestDatabase()
    try {
      const first = new ReplayClaim(other.client, other.database)
      expect(await first.last()).toBeUndefined()
      await first.enter('building', 1)
      const row = { generation: 1, owner: 'zzzzzzzz elsewhere 1', state: 'building' }
      await other.client.insert({ table: `${other.database}.replays`, values: [row], format: 'JSONEachRow' })
      await first.renew()
      const late = new ReplayClaim(other.client, other.database)
      await expect(late.last()).rejects.toMatchObject({ code: 'REPLAY_AT_WORK', retryable: true })
      const earlier = { ...row, owner: '0 elsewhere 1' }
      await other.client.insert({ table: `${other.database}.replays`, values: [earlier], format: 'JSONEachRow' })
      await expect(first.renew()).rejects.toMatchObject({ code: 'REPLAY_AT_WORK' })
      await first.end()
    } finally {
      await other.drop()
    }
  })
})
