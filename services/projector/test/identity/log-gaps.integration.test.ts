import { correctFetches } from '@headwater/kafka'
import { createTestTopic, eventually, sendEvents } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { deleteRecords, events, project, type Tables, tablesOf } from './projecting.ts'

correctFetches({ wholeBatches: true })

const pause = (tables: Tables, state: 'pausing' | 'finished') =>
  tables.client.insert({
    table: `${tables.database}.replays`,
    values: [{ generation: 1, owner: 'test', state }],
    columns: ['generation', 'owner', 'state'],
    format: 'JSONEachRow',
  })

/** A running projector that is held, with ten more records in the log than the two it folded, most of which it has not read. */
async function heldProjector() {
  const tables = tablesOf(await createTestTopic())
  await sendEvents(tables.topic, events('kept', 2))
  const running = await project(tables, { maxBatchRecords: 1 })
  await eventually(async () => expect(await tables.folded()).toEqual({ 0: 1 }))
  await pause(tables, 'pausing')
  for (let sent = 0; sent < 10; sent++) await sendEvents(tables.topic, events(`late-${sent}`, 1))
  return { tables, ...running }
}

describe('records that were deleted before they were folded', () => {
  it('are a gap, noted once over restarts, when the projector was down', async () => {
    const tables = tablesOf(await createTestTopic())
    await sendEvents(tables.topic, events('kept', 3))
    const first = await project(tables)
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 2 }))
    await first.stop()
    await sendEvents(tables.topic, events('gone', 3))
    await sendEvents(tables.topic, events('later', 2))
    await deleteRecords(tables.topic, 6)
    for (let start = 0; start < 2; start++) {
      const again = await project(tables)
      await eventually(async () => expect(await tables.folded()).toEqual({ 0: 7 }))
      await again.stop()
    }
    expect(await tables.gaps()).toEqual([{ partition: 0, first: 3, last: 5 }])
    expect(await tables.jobs()).toEqual(['kept', 'later'])
  })

  it('are a gap while it runs, also when nothing is left to read', async () => {
    const { tables, metrics } = await heldProjector()
    await deleteRecords(tables.topic, 12)
    await pause(tables, 'finished')
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 11 }), 30_000)
    const [gap, ...more] = await tables.gaps()
    expect(more).toEqual([])
    const folded = (await tables.jobs()).length + 1 // two of one job
    expect(gap).toEqual({ partition: 0, first: folded, last: 11 })
    await eventually(async () => {
      const text = await metrics.registry.metrics()
      expect(text).toContain(`headwater_projector_lag_messages{topic="${tables.topic}",partition="0"} 0`)
    })
  })

  it('are a gap from the beginning of the log in tables that begin later', async () => {
    const tables = tablesOf(await createTestTopic())
    await sendEvents(tables.topic, events('gone', 4))
    await deleteRecords(tables.topic, 4)
    await project(tables)
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 3 }))
    expect(await tables.gaps()).toEqual([{ partition: 0, first: 0, last: 3 }])
  })
})
