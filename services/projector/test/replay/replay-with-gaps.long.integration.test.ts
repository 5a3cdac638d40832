import { eventually, sendEvents } from '@headwater/testing'
import { expect, it } from 'vitest'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'
import { deleteRecords } from '../identity/projecting.ts'
import { events, failure, set } from './replay-setting.ts'

it('a replay swaps in equal tables where the log and the live tables lack the same records, noticed in pieces', async () => {
  const setting = await set(1)
  const { options, projector, replay, query, client } = setting
  const untilFolded = (upTo: number) =>
    eventually(async () => {
      const { offsets } = await readPositions(client, options.database, options.topic)
      expect(offsets.get(0)).toBe(upTo)
    }, 60_000)
  await sendEvents(options.topic, events(40))
  await deleteRecords(options.topic, 20)
  const first = projector()
  await untilFolded(39)
  await first.end('SIGTERM')
  // As if the gap had been noticed by two projectors, each of which found a part of it.
  await client.command({ query: `TRUNCATE TABLE ${options.database}.log_gaps` })
  const { logId } = await readPositions(client, options.database, options.topic)
  const piece = { topic: options.topic, log_id: logId, partition: 0 }
  const pieces = [
    { ...piece, first_offset: 0, last_offset: 9 },
    { ...piece, first_offset: 10, last_offset: 19 },
  ]
  await client.insert({ table: `${options.database}.log_gaps`, values: pieces, format: 'JSONEachRow' })
  projector()
  const run = replay()
  expect({ code: await run.exit(), failure: failure(run) }).toEqual({ code: 0, failure: undefined })
  const gaps = await query(
    'SELECT toUInt32(first_offset) AS first, toUInt32(last_offset) AS last FROM @.log_gaps FINAL',
  )
  expect(gaps).toEqual([{ first: 0, last: 19 }])
}, 180_000)
