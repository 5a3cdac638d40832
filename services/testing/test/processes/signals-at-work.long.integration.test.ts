import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { migrate, readRows } from '@headwater/clickhouse'
import { freePort, type Stack, startStack } from '@headwater/local'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  buildMaterialization,
  type ClickHouseProxy,
  createTestTopic,
  eventually,
  GatewayProcess,
  ProjectorProcess,
  readTopic,
  sendEvents,
  startClickHouseProxy,
  testKafka,
  testStack,
  uniqueName,
} from '../../src/index.ts'
import { endChild, spawnBuilt } from '../../src/processes/spawn-built.ts'

// A broker of its own, which these tests freeze, and a proxy that holds what is sent to ClickHouse.

const closing: (() => Promise<unknown>)[] = []
let stack: Stack
let proxy: ClickHouseProxy
let topic: string
let projector: ProjectorProcess
let gateway: GatewayProcess
const database = uniqueName('signals')
const client = createClient({ url: testStack().clickhouseUrl, database, log: { level: 127 } })

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'headwater-signals-'))
  closing.push(() => rm(home, { recursive: true, force: true }))
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  const external = { schemaRegistryUrl, clickhouseUrl }
  stack = await startStack({ home, ports: { kafka: 0 }, external, isShortLived: true, env: process.env })
  closing.push(
    () => stack.stop(),
    () => proxy.close(),
    () => client.close(),
  )
  const admin = createClient({ url: testStack().clickhouseUrl })
  await migrate(admin, database)
  await admin.close()
  topic = await createTestTopic(1, stack.addresses)
  const addresses = { ...stack.addresses, clickhouseUrl: proxy.url }
  projector = new ProjectorProcess({ stack: addresses, topic, deadLetters: `${topic}.dead`, database, groupId: topic })
  gateway = new GatewayProcess({ stack: addresses, topic })
  closing.push(
    () => projector.end('SIGKILL'),
    () => gateway.kill(),
  )
}, 180_000)
afterAll(async () => {
  stack?.part('kafka').kill('SIGCONT')
  for (const close of closing.reverse()) await close()
})

let sent = 0
async function send(count: number): Promise<void> {
  const events = Array.from({ length: count }, () => buildMaterialization({ runId: `sent ${sent++}` }))
  await sendEvents(topic, events, stack.addresses)
}

async function expectFolded(runs: number): Promise<void> {
  const query = 'SELECT toString(count()) AS facts, toString(uniqExact(run_id)) AS runs FROM run_facts FINAL'
  await eventually(async () => {
    const [row] = await readRows<{ facts: string; runs: string }>(client, { query })
    expect(row, projector.output.slice(-1_000)).toEqual({ facts: String(runs), runs: String(runs) })
  }, 90_000)
}

it('a projector whose insert is never answered ends with 0, says so, and its successor folds the batch', async () => {
  projector.start()
  await send(20)
  await expectFolded(20)
  proxy.answerWith({ kind: 'hold' }, { matching: /INSERT INTO/ })
  const met = proxy.faults
  await send(20)
  await eventually(() => expect(proxy.faults).toBeGreaterThan(met))
  expect(await projector.end('SIGTERM')).toBe(0)
  expect(projector.output).toContain('Ends after 13 s with work under way')
  proxy.passOn() // the inserts of the ended projector arrive now, besides those of the next one
  projector.start()
  await expectFolded(40)
}, 180_000)

it('projector and gateway end with 0 while the broker is frozen; what was acknowledged is stored, and nothing else counts', async () => {
  await gateway.start()
  const post = async (runId: string) => {
    const event = { type: 'MaterializationEvent', job: 'shop/load', runId, occurredAt: 1_768_478_400_000 }
    const answer = await fetch(`${gateway.url}/api/v1/events`, { method: 'POST', body: JSON.stringify(event) })
    await answer.body?.cancel()
    return answer.status
  }
  expect(await post('posted before')).toBe(201)
  await expectFolded(41)
  stack.part('kafka').kill('SIGSTOP')
  const posting = Promise.all(['a', 'b'].map((name) => post(`posted ${name}`).catch(() => 0)))
  await eventually(async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toMatch(/^headwater_gateway_queued_\w+ [1-9]/m)
  }, 30_000)
  const ends = Promise.all([projector.end('SIGTERM'), gateway.stop()])
  expect(await ends).toEqual([0, 0])
  for (const status of await posting) expect([0, 503]).toContain(status)
  stack.part('kafka').kill('SIGCONT')
  projector.start()
  const records = await eventually(() => readTopic(testKafka(stack.addresses), topic), 60_000)
  await expectFolded(new Set(records.map(({ key }) => String(key))).size)
}, 240_000)

async function startApi(): Promise<{ url: string; child: ChildProcess; output: () => string }> {
  const url = `http://127.0.0.1:${await freePort()}`
  let output = ''
  const env = { CLICKHOUSE_URL: proxy.url, CLICKHOUSE_DATABASE: database, API_PORT: new URL(url).port }
  const child = spawnBuilt('api', { ...process.env, ...env }, (text) => {
    output += text
  })
  closing.push(() => endChild(child, 'SIGKILL'))
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 60_000)
  return { url, child, output: () => output }
}

it.each([
  ['answers the question under way', true],
  ['ends in time when ClickHouse never answers', false],
])(
  'an API that is stopped ends with 0 and %s',
  async (_, isReleased) => {
    const { url, child, output } = await startApi()
    proxy.answerWith({ kind: 'hold' })
    const met = proxy.faults
    const asking = fetch(`${url}/api/v1/jobs`).then(
      (answer) => answer.status,
      () => 'cut',
    )
    await eventually(() => expect(proxy.faults).toBeGreaterThan(met))
    const ended = endChild(child, 'SIGTERM')
    child.kill('SIGINT')
    if (isReleased) proxy.passOn()
    expect({ code: await ended, answer: await asking }).toEqual({ code: 0, answer: isReleased ? 200 : 'cut' })
    expect(output().includes('Ends after 10 s')).toBe(!isReleased)
    proxy.passOn()
  },
  120_000,
)
