import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogProbe } from '@headwater/kafka'
import { freePort, type Stack, startStack } from '@headwater/local'
import {
  buildMaterialization,
  createTestTopic,
  eventually,
  GatewayProcess,
  ProjectorProcess,
  sendEvents,
  sendRecords,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

// A broker of its own, which is killed, and loses the topic that keeps the offsets of groups. The tests depend on the ones before them.

let [stack, home]: [Stack | undefined, string] = [undefined, '']
let gateway: GatewayProcess
let projector: ProjectorProcess
let [topic, source] = ['', '']
let projectorUrl = ''
const ends: string[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'headwater-troubles-'))
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  stack = await startStack({
    ...{
      home,
      ports: { kafka: 0 },
      external: { schemaRegistryUrl, clickhouseUrl },
      isShortLived: true,
      env: process.env,
    },
  })
  const { addresses } = stack
  ;[topic, source] = [await createTestTopic(1, addresses), await createTestTopic(1, addresses)]
  const deadLetters = await createTestTopic(1, addresses)
  const port = await freePort()
  projectorUrl = `http://127.0.0.1:${port}`
  gateway = new GatewayProcess({
    ...{ stack: addresses, topic, deadLetters },
    env: { GATEWAY_OPENLINEAGE_TOPIC: source, GATEWAY_GROUP: uniqueName('gateway') },
  })
  projector = new ProjectorProcess({
    ...{ stack: addresses, topic, deadLetters, database: uniqueName('troubles'), groupId: uniqueName('projector') },
    env: { PROJECTOR_METRICS_PORT: String(port) },
    onUnexpectedEnd: (how) => ends.push(how),
  })
}, 180_000)
afterAll(async () => {
  await Promise.all([gateway?.kill(), projector?.end('SIGKILL')])
  await stack?.stop()
  await rm(home, { recursive: true, force: true })
})

type Consumer = { readonly state: string; readonly reason?: string }

const consumerOf = async () =>
  ((await (await fetch(`${gateway.url}/readyz`)).json()) as { openLineageTopic?: Consumer }).openLineageTopic

async function projectorProblem(): Promise<string | undefined> {
  const response = await fetch(`${projectorUrl}/readyz`)
  const text = await response.text()
  return response.ok ? undefined : text
}

async function folded(): Promise<number> {
  const metrics = await (await fetch(`${projectorUrl}/metrics`)).text()
  return Number(/headwater_projector_events_total\{[^}]*result="folded"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0)
}

let sent = 0
async function sendOne(): Promise<void> {
  if (stack === undefined) throw new Error('No broker')
  const { addresses } = stack
  const event = {
    ...{ eventTime: '2026-01-15T12:00:00.000Z', eventType: 'COMPLETE', producer: 'https://example.org/test' },
    ...{ schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent', inputs: [], outputs: [] },
    ...{
      run: { runId: `01890f3c-5b1e-7c3a-8f00-00000000000${++sent}` },
      job: { namespace: 'shop', name: `job-${sent}` },
    },
  }
  await sendRecords(source, [{ key: null, value: Buffer.from(JSON.stringify(event)) }], addresses)
  await sendEvents(topic, [buildMaterialization({ outputs: ['s3://out'] })], addresses)
}

/** Both take what is sent: the projector folds what was sent to it and what the gateway took from its topic. */
async function expectAllTaken(): Promise<void> {
  await eventually(async () => expect(await folded()).toBeGreaterThanOrEqual(sent * 2), 180_000)
  await eventually(async () => expect(await consumerOf()).toMatchObject({ state: 'consuming' }), 120_000)
  await eventually(async () => expect(await projectorProblem()).toBeUndefined(), 120_000)
  expect(ends).toEqual([])
}

it('both consumers go on when the broker was killed and starts again', async () => {
  await gateway.start()
  projector.start()
  await sendOne()
  await expectAllTaken()
  const kafka = stack?.part('kafka')
  if (kafka === undefined) throw new Error('Killing the broker needs the embedded stack: install Java 17 and Maven')
  kafka.kill('SIGKILL')
  await eventually(async () => expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503), 60_000)
  await kafka.ready()
  await sendOne()
  await expectAllTaken()
}, 600_000)

it('both consumers go on when the topic that keeps the offsets of groups is deleted', async () => {
  const [kafka, offsets] = [testKafka(stack?.addresses), '__consumer_offsets']
  const [admin, probe] = [kafka.admin(), createLogProbe(kafka)]
  await admin.connect()
  const before = await probe.topic(offsets)
  expect(before).toMatchObject({ exists: true, id: expect.any(String) })
  await admin.deleteTopics({ topics: [offsets] })
  await eventually(async () => {
    const now = await probe.topic(offsets)
    expect(now.exists && now.id).not.toBe('id' in before && before.id) // gone, or created by the next who looks for a coordinator
  }, 60_000)
  await Promise.all([admin.disconnect(), probe.close()])
  await sendOne()
  await expectAllTaken()
}, 600_000)
