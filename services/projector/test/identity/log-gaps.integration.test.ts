import { correctFetches } from '@headwater/kafka'
import { buildMaterialization, createTestTopic, eventually, sendEvents } from '@headwater/testing'
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

/** Events of nearly a megabyte, so that a fetch holds one of them. */
const largeEvents = (job: string) => [
  buildMaterialization({
    job: { namespace: 'shop', name: job, type: '' },
    outputs: [`s3://${job}`],
    metadata: { text: 'x'.repeat(900_000) },
  }),
]

/** A running projector that is held, with ten more records in the log than the two it folded, most of which it has not read. */
async function heldProjector() {
  const tables = tablesOf(await createTestTopic())
  await sendEvents(tables.topic, events('kept', 2))
  const first = await project(tables)
  await eventually(async () => expect(await tables.folded()).toEqual({ 0: 1 }))
  await first.stop()
  await pause(tables, 'pausing')
  const held = await project(tables, { maxBatchRecords: 1 })
  expect(held.lines.join('')).toContain('Paused until a replay has compared the tables')
  for (let sent = 0; sent < 10; sent++) {
    await pause(tables, 'pausing') // again: a pause ends by itself
    await sendEvents(tables.topic, largeEvents(`late-${sent}`))
  }
  return { tables, ...held }
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
    expect(folded).toBeLessThan(12)
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
    const { metrics } = await project(tables)
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 3 }))
    expect(await tables.gaps()).toEqual([{ partition: 0, first: 0, last: 3 }])
    const gauge = `headwater_projector_log_gap_records{topic="${tables.topic}"} 4`
    await eventually(async () => expect(await metrics.registry.metrics()).toContain(gauge), 30_000)
  })
})
