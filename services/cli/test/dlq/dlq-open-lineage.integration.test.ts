import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTestTopic,
  eventually,
  GatewayProcess,
  sendRecords,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHeadwater } from '../run-headwater.ts'

// OpenLineage events of a topic are refused; some retries fail, one is accepted. The tests depend on the ones before them.

const cleanups: (() => Promise<unknown>)[] = []
const env: NodeJS.ProcessEnv = {}
const group = uniqueName('gateway')
let [source, topic, deadLetters] = ['', '', '']
let gateway: GatewayProcess

const headwater = (...args: readonly string[]) => runHeadwater(['dlq', ...args], env)
const json = async (...args: readonly string[]) => JSON.parse((await headwater(...args, '--json')).stdout)
const letterOf = async (code: string) => (await json('list', '--code', code)).items[0]

const run = {
  eventTime: '2026-01-15T12:00:00Z',
  eventType: 'FAIL',
  run: { runId: '01890f3c-5b1e-7c3a-8f00-000000000001' },
  job: { namespace: 'shop', name: 'load' },
}
const large = { ...run, run: { ...run.run, facets: { errorMessage: { message: 'x'.repeat(5_000) } } } }
const timeless = { ...run, eventTime: undefined }

async function startGateway(more: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const gatewayEnv = { GATEWAY_OPENLINEAGE_TOPIC: source, GATEWAY_GROUP: group, ...more }
  const started = new GatewayProcess({ stack: testStack(), topic, deadLetters, env: gatewayEnv })
  cleanups.push(() => started.kill())
  await started.start()
  return started
}

/** The headers of the records in the log, once there are any. */
async function headersInLog(): Promise<readonly Readonly<Record<string, string>>[]> {
  const found: Readonly<Record<string, string>>[] = []
  const consumer = testKafka().consumer({ groupId: uniqueName('reader') })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message: { headers = {} } }) => {
      found.push(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])))
    },
  })
  await eventually(() => expect(found).not.toEqual([])).finally(() => consumer.disconnect())
  return found
}

beforeAll(async () => {
  ;[source, topic, deadLetters] = await Promise.all([createTestTopic(2), createTestTopic(1), createTestTopic(1)])
  const home = await mkdtemp(join(tmpdir(), 'headwater-dlq-'))
  cleanups.push(() => rm(home, { recursive: true, force: true }))
  Object.assign(env, {
    ...{ PATH: process.env['PATH'], HEADWATER_HOME: home, KAFKA_BROKERS: testStack().kafkaBrokers },
    ...{ SCHEMA_REGISTRY_URL: testStack().schemaRegistryUrl, HEADWATER_API_URL: 'http://127.0.0.1:1' },
    ...{ PROJECTOR_TOPIC: topic, PROJECTOR_DEAD_LETTERS_TOPIC: deadLetters, GATEWAY_GROUP: group },
  })
  gateway = await startGateway({ GATEWAY_MAX_RECORD_BYTES: '1024' })
  await sendRecords(source, [
    { key: 'run:shop/load', value: Buffer.from(JSON.stringify(timeless)), partition: 0 },
    { key: null, value: Buffer.from('no json'), partition: 1 },
    { key: 'run:shop/load', value: Buffer.from(JSON.stringify(large)), partition: 1 },
  ])
  await eventually(async () => expect((await json('list')).total).toBe(3), 60_000)
}, 180_000)

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

describe('dead letters of the OpenLineage topic', () => {
  it('are shown as JSON or text, and checked as the gateway checks them', async () => {
    const { position } = await letterOf('INVALID_EVENT')
    expect(position).toBe(`${source}:0:0`)
    const { stdout } = await headwater('show', position)
    expect(stdout).toContain('would be refused again, INVALID_EVENT: /eventTime')
    expect(stdout).toContain('  "eventType": "FAIL"')
    expect(await json('show', position)).toMatchObject({
      now: { foldable: false, problem: { code: 'INVALID_EVENT' }, event: { job: { name: 'load' } } },
    })
    const text = await headwater('show', (await letterOf('INVALID_JSON')).position)
    expect(text.stdout).toMatch(/would be refused again, INVALID_JSON: [^\n]+\n\nno json\n$/)
    expect(await json('retry', '--all', '--dry-run')).toMatchObject({ total: 3, foldable: 1 })
  }, 60_000)

  it('are refused again while the cause persists, and name the letter they retry', async () => {
    const first = await letterOf('INVALID_EVENT')
    const retried = await headwater('retry', first.position, '--timeout', '60', '--json')
    expect(retried.code).toBe(1)
    const [item] = JSON.parse(retried.stdout).items
    expect(item).toMatchObject({ position: first.position, outcome: 'refused', code: 'INVALID_EVENT' })
    expect(item.retriedAs).toMatch(new RegExp(`^${source}:0:\\d+$`))
    expect(await json('show', item.retriedAs)).toMatchObject({
      retryOf: first.position,
      recordedAt: first.recordedAt,
      key: 'run:shop/load',
    })
  }, 120_000)

  it('stay pending while no gateway runs', async () => {
    await gateway.stop()
    const { position } = await letterOf('INVALID_JSON')
    const sent = await headwater('retry', position, '--timeout', '1')
    expect(sent).toMatchObject({ code: 1, stdout: expect.stringContaining('pending') })
    expect(sent.stderr).toContain(`The consumer group ${group} has not reached them`)
    expect(sent.stderr).not.toContain('--wait')
  }, 60_000)

  it('are accepted once the cause is fixed, and their records in the log name the letter they retry', async () => {
    gateway = await startGateway({})
    const letter = await letterOf('EVENT_TOO_LARGE')
    const retried = await headwater('retry', letter.position, '--timeout', '60')
    expect(retried).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Sent 1 again: 1 accepted by the gateway, 0 refused again, 0 pending'),
    })
    expect(await headersInLog()).toEqual([
      { 'headwater-retry-of': letter.position, 'headwater-recorded-at': String(Date.parse(letter.recordedAt)) },
    ])
  }, 180_000)
})
