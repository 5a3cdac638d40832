import { correctFetches } from '@headwater/kafka'
import { createTestTopic, eventually, sendEvents, testKafka } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { ProjectorError } from '../../src/errors.ts'
import { replay } from '../../src/replay/replay.ts'
import type { ReplayContext } from '../../src/replay/replay-context.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'
import { deleteRecords, events, project, recreateTopic, type Tables, tablesOf } from '../identity/projecting.ts'

correctFetches({ wholeBatches: true })

const begun = new ProjectorError('NOTHING_FOLDED', 'Begins to build', { retryable: false })

/** Why a replay of the topic is refused; `begun` when it is not. */
async function refusalOf({ client, database, topic }: Tables, logId: string | undefined, acceptDifferences = false) {
  const admin = testKafka().admin()
  await admin.connect()
  const context: ReplayContext = {
    ...{ client, database, topic, admin, logId: async () => logId, report: () => undefined },
    projectors: { groupId: 'none', sessionTimeoutMs: 10_000 },
    groupOf: (generation) => `${topic}-${generation}`,
    open: () => client,
    start: () => Promise.reject(begun),
    signal: new AbortController().signal,
  }
  onTestFinished(async () => {
    await client.command({ query: `DROP DATABASE IF EXISTS ${database}_replay` })
  })
  const options = { restart: true, cancel: false, acceptDifferences, swap: false }
  const refusal = await replay(context, options).then(undefined, (error: ProjectorError) => error)
  await admin.disconnect()
  return refusal
}

async function folded(tables: Tables, upTo: number, options = {}) {
  const { stop } = await project(tables, options)
  await eventually(async () => expect(await tables.folded()).toEqual({ 0: upTo }), 30_000)
  await stop()
  return (await readPositions(tables.client, tables.database, tables.topic)).logId
}

it('a log whose beginning is gone is rebuilt where the live tables lack the same, and refused where they hold it', async () => {
  const tables = tablesOf(await createTestTopic())
  await sendEvents(tables.topic, events('gone', 2))
  await sendEvents(tables.topic, events('kept', 4))
  await deleteRecords(tables.topic, 2)
  const id = await folded(tables, 5)
  expect(await refusalOf(tables, id)).toBe(begun)
  await deleteRecords(tables.topic, 4)
  expect(await refusalOf(tables, id)).toMatchObject({
    code: 'LOG_EXPIRED',
    message: expect.stringMatching(
      /begins at offset 4, and the tables also hold the records from 2 to 3.*Keep the live tables/,
    ),
  })
  expect(await refusalOf(tables, id, true)).toBe(begun)
})

it('a replaced log is refused, and so are tables that hold what an earlier log did, unless differences are accepted', async () => {
  const tables = tablesOf(await createTestTopic())
  await sendEvents(tables.topic, events('old', 3))
  const old = await folded(tables, 2)
  await recreateTopic(tables.topic)
  await sendEvents(tables.topic, events('new', 4))
  for (const accept of [false, true])
    expect(await refusalOf(tables, 'another', accept)).toMatchObject({
      code: 'LOG_REPLACED',
      message: expect.stringContaining(`folded from topic id ${old}, Kafka has another`),
    })
  const now = await folded(tables, 3, { replacedLog: 'start-over' })
  expect(await refusalOf(tables, now)).toMatchObject({
    code: 'LOG_REPLACED',
    message: expect.stringMatching(new RegExp(`earlier logs of .*topic ids ${old}\\. .*--accept-differences`)),
  })
  expect(await refusalOf(tables, now, true)).toBe(begun)
  expect(await refusalOf(tables, undefined, true)).toBe(begun) // a broker without ids
})
