import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRetryHeaders } from '@headwater/kafka'
import { erasedEvent } from '@headwater/lineage'
import { connectSchemaRegistry, createDecoder, encodeEvent, eventSchemas, eventTypes } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  createTestDatabase,
  createTestTopic,
  eventually,
  projectBatches,
  readTopic,
  sendEvents,
  sendRecords,
  tableContents,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHeadwater } from '../run-headwater.ts'

const people = 's3://lake/people'
const leaked = 'correct horse battery'
const password = 'q9Zx7Wm2Kp4T'
const events = [
  buildMaterialization({
    inputs: [people, 's3://lake/orders'],
    outputs: ['s3://lake/report'],
    error: `read ${people}`,
  }),
  buildMaterialization({ inputs: ['s3://lake/raw'], outputs: [people, 's3://lake/orders'] }),
  buildMaterialization({
    inputs: ['s3://lake/raw'],
    outputs: [{ key: 's3://lake/orders', inputs: [people, 's3://lake/raw'] }],
  }),
  buildMaterialization({ outputs: ['s3://lake/x'], metadata: { note: JSON.stringify(`said ${leaked}`) } }),
  buildMaterialization({ outputs: ['s3://lake/x'], metadata: { conf: JSON.stringify([`db.password=${password}`]) } }),
  buildAssetEvent({ key: people, change: 'TAGGED', tags: ['pii'] }),
  buildAssetEvent({ key: 's3://lake/orders', change: 'ALIASED', alias: people }),
  buildAssetEvent({ key: 's3://lake/orders', change: 'TAGGED', tags: ['gold'] }),
  buildCheckEvent({ key: people, check: { name: 'rows' } }),
  buildJobEvent({ job: 'declaring', lineage: [{ output: 's3://lake/report', inputs: [people, 's3://lake/orders'] }] }),
]

const cleanups: (() => Promise<unknown>)[] = []
const env: NodeJS.ProcessEnv = {}
let from: string
const copyOf = () => uniqueName('copy')
const copy = (to: string, ...args: readonly string[]) =>
  runHeadwater(
    ['log', 'copy', '--to', to, '--without-asset', people, '--mask-file', '-', '--json', ...args],
    env,
    `${leaked}\n`,
  )

beforeAll(async () => {
  from = await createTestTopic(2)
  const home = await mkdtemp(join(tmpdir(), 'headwater-copy-'))
  cleanups.push(() => rm(home, { recursive: true, force: true }))
  Object.assign(env, {
    ...{ PATH: process.env['PATH'], HEADWATER_HOME: home, PROJECTOR_TOPIC: from },
    ...{ KAFKA_BROKERS: testStack().kafkaBrokers, SCHEMA_REGISTRY_URL: testStack().schemaRegistryUrl },
  })
  await sendEvents(from, events)
  await sendRecords(from, [
    { key: 'a', value: Buffer.from('not avro'), partition: 0 },
    { key: 'b', value: Buffer.from(`not avro, ${leaked}`), partition: 1 },
  ])
}, 60_000)

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

const counts = { read: 12, unchanged: 2, changed: 6, leftOut: 4 }

describe('headwater log copy', () => {
  it('counts first and writes nothing', async () => {
    const to = copyOf()
    const { code, stdout } = await copy(to)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ ...counts, copied: false, to })
    const admin = testKafka().admin()
    await admin.connect()
    expect(await admin.listTopics()).not.toContain(to)
    await admin.disconnect()
  }, 60_000)

  it('leaves no record and no row with the asset or a secret, and everything else as it was', async () => {
    const to = copyOf()
    const { stdout, stderr } = await copy(to, '--yes')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ ...counts, copied: true, to })
    const old = await readTopic(testKafka(), from)
    const records = (await readTopic(testKafka(), to)).map(({ headers, ...record }) => ({
      ...record,
      retry: readRetryHeaders(Object.entries(headers)),
    }))
    const bytes = Buffer.concat(records.flatMap(({ key, value }) => [key ?? Buffer.alloc(0), value ?? Buffer.alloc(0)]))
    for (const gone of [people, leaked, password]) expect(bytes.includes(gone)).toBe(false)

    const ids = await connectSchemaRegistry({ url: testStack().schemaRegistryUrl }).register(from)
    const decoder = createDecoder()
    for (const type of eventTypes) decoder.learn(ids[type], eventSchemas[type])
    const expected = old.flatMap(({ headers: _, ...record }) => {
      if (record.value?.[0] !== 0) return []
      const event = erasedEvent(decoder.decode(record.value), { assets: new Set([people]), texts: [leaked] })
      return event === undefined ? [] : [{ ...record, value: encodeEvent(event, ids) }]
    })
    const [copied, wanted] = [await createTestDatabase(), await createTestDatabase()]
    cleanups.push(copied.drop, wanted.drop)
    await projectBatches(copied, [records], ids)
    await projectBatches(wanted, [expected], ids)
    const contents = await tableContents(copied)
    expect(contents).toEqual(await tableContents(wanted))
    for (const gone of [people, leaked, password]) expect(JSON.stringify(contents)).not.toContain(gone)
    expect(JSON.stringify(contents)).toContain('s3://lake/report')

    expect(await copy(to, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('has records') })
  }, 120_000)

  it('copies what is committed, none of what was aborted, also where transactions overlap and the log ends with a marker', async () => {
    const log = await createTestTopic()
    const transactional = async () => {
      const options = { transactionalId: uniqueName('tx'), maxInFlightRequests: 1, idempotent: true }
      const producer = testKafka().producer(options)
      await producer.connect()
      cleanups.push(() => producer.disconnect())
      return producer
    }
    const [one, other] = [await transactional(), await transactional()]
    const [kept, aborted] = [await one.transaction(), await other.transaction()]
    const sendIn = (transaction: typeof kept, key: string) =>
      transaction.send({ topic: log, messages: [{ key, value: 'not avro' }] })
    await sendIn(kept, 'kept 1')
    await sendIn(aborted, 'aborted 1')
    await sendRecords(log, [{ key: 'plain', value: Buffer.from('not avro') }])
    await sendIn(kept, 'kept 2')
    await kept.commit()
    await sendIn(aborted, 'aborted 2')
    await aborted.abort()
    const to = copyOf()
    const copyEnv = { ...env, PROJECTOR_TOPIC: log }
    const args = ['log', 'copy', '--to', to, '--without-asset', people, '--yes', '--json']
    await eventually(async () => {
      const { stdout, stderr } = await runHeadwater(args, copyEnv) // the last marker may not be written yet
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual({ read: 3, unchanged: 3, changed: 0, leftOut: 0, copied: true, to })
    })
    const records = await readTopic(testKafka(), to)
    expect(records.map(({ key }) => String(key))).toEqual(['kept 1', 'plain', 'kept 2'])
    expect(records.map(({ offset }) => Number(offset))).toEqual([0, 1, 2])
  }, 60_000)

  it('refuses a log with an open transaction, since what is behind it cannot be read, and copies it when that is over', async () => {
    const log = await createTestTopic()
    const producer = testKafka().producer({
      transactionalId: uniqueName('tx'),
      maxInFlightRequests: 1,
      idempotent: true,
    })
    await producer.connect()
    cleanups.push(() => producer.disconnect())
    const transaction = await producer.transaction()
    await transaction.send({ topic: log, messages: [{ key: 'in', value: 'not avro' }] })
    await sendRecords(log, [{ key: 'behind', value: Buffer.from('not avro') }])
    const to = copyOf()
    const copyLog = () =>
      runHeadwater(['log', 'copy', '--to', to, '--without-asset', people, '--yes', '--json'], {
        ...env,
        PROJECTOR_TOPIC: log,
      })
    expect(await copyLog()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${log} has an open transaction (partition 0 from offset 0)`),
    })
    await transaction.abort()
    await eventually(async () => expect(JSON.parse((await copyLog()).stdout)).toMatchObject({ read: 1, copied: true }))
    expect((await readTopic(testKafka(), to)).map(({ key }) => String(key))).toEqual(['behind'])
  }, 60_000)

  it('refuses the log itself, and keys that are none', async () => {
    expect(await copy(from)).toMatchObject({ code: 2, stderr: expect.stringContaining('another topic') })
    const { code } = await runHeadwater(['log', 'copy', '--to', 'x', '--without-asset', 'nonsense'], env)
    expect(code).toBe(2)
  }, 60_000)
})
