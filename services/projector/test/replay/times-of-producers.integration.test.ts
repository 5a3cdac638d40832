import { connectSchemaRegistry, encodeEvent, messageKey } from '@headwater/schemas'
import { eventually, testKafka } from '@headwater/testing'
import kafkajs from 'kafkajs'
import { expect, it } from 'vitest'
import { events, set } from './replay-setting.ts'

const day = 86_400_000

it('never take times of clocks that are wrong into the tables, and a replay gives the same', async () => {
  const { options, projector, replay, count, query } = await set(2)
  const { topic, stack } = options
  await keepTimesOfProducers(topic)
  const ids = await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic)
  const startedAt = Date.now()
  const times = [0, -1, Date.UTC(1999, 0, 1), startedAt + 10 * day, startedAt - 10 * day]
  const producer = testKafka().producer()
  await producer.connect()
  async function send(): Promise<void> {
    const messages = events(20).map((event, index) => ({
      ...{ key: messageKey(event), value: encodeEvent(event, ids), partition: index % 2 },
      timestamp: String(times[index % times.length]),
    }))
    await producer.send({ topic, messages })
  }
  projector()
  await send()
  await eventually(async () => expect(await count('run_facts')).toBe(19), 30_000)
  await send()
  await producer.disconnect()
  await eventually(async () => expect(await count('run_facts')).toBe(38), 30_000)
  const recorded = await query(
    'SELECT DISTINCT toUnixTimestamp64Milli(recorded_at) AS at FROM @.run_facts FINAL ORDER BY at',
  )
  const [plausible, ...read] = recorded.map(({ at }) => Number(at))
  expect(plausible).toBe(startedAt - 10 * day)
  expect(read.length).toBeGreaterThan(0)
  for (const time of read) expect(time).toBeGreaterThanOrEqual(startedAt)
  expect(Math.max(...read)).toBeLessThanOrEqual(Date.now())
  const positions = await query(
    'SELECT toUnixTimestamp64Milli(min(recorded_at)) AS at FROM @.folded_offsets WHERE is_folded',
  )
  expect(Number(positions[0]?.['at'])).toBeGreaterThanOrEqual(startedAt - 10 * day)

  const rebuilding = replay()
  expect({ code: await rebuilding.exit(), failed: rebuilding.of('failed') }).toEqual({ code: 0, failed: [] })
  expect(
    await query('SELECT DISTINCT toUnixTimestamp64Milli(recorded_at) AS at FROM @.run_facts FINAL ORDER BY at'),
  ).toEqual(recorded)
}, 120_000)

/** As an administrator may have created the topic; the broker would refuse times of the future by default. */
async function keepTimesOfProducers(topic: string): Promise<void> {
  const admin = testKafka().admin()
  await admin.connect()
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }
  const settings = { 'message.timestamp.type': 'CreateTime', 'message.timestamp.after.max.ms': String(2 ** 53) }
  const configEntries = Object.entries({ ...settings, 'retention.ms': '-1' }).map(([name, value]) => ({ name, value }))
  await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] })
  await eventually(async () => {
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] })
    const entry = resources[0]?.configEntries.find(({ configName }) => configName === 'message.timestamp.type')
    expect(entry?.configValue).toBe('CreateTime')
  })
  await admin.disconnect()
}
