import { createClient } from '@clickhouse/client'
import { freePort } from '@headwater/local'
import {
  buildMaterialization,
  createTestTopic,
  eventually,
  ProjectorProcess,
  sendEvents,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

const partitions = 6
const database = uniqueName('failover')
const client = createClient({ url: testStack().clickhouseUrl, log: { level: 127 } })
const projectors: ProjectorProcess[] = []
let topic: string
let sent = 0

beforeAll(async () => {
  topic = await createTestTopic(partitions)
})
afterAll(async () => {
  await Promise.all(projectors.map((projector) => projector.end('SIGKILL')))
  await client.close()
})

async function startProjector(): Promise<ProjectorProcess> {
  const env = { PROJECTOR_SESSION_TIMEOUT_MS: '', PROJECTOR_METRICS_PORT: String(await freePort()) }
  const of = { stack: testStack(), topic, deadLetters: `${topic}.dead`, database, groupId: topic, env }
  const projector = new ProjectorProcess(of)
  projectors.push(projector)
  projector.start()
  return projector
}

/** Milliseconds until events of every partition that are sent now are folded. */
async function untilFolded(withinMs: number): Promise<number> {
  const startedAt = performance.now()
  const events = Array.from({ length: 60 }, () => buildMaterialization({ outputs: [{ key: 's3://out' }] }))
  await sendEvents(topic, events)
  sent += events.length
  const query = `SELECT uniqExact(run_id) AS runs FROM \`${database}\`.run_facts`
  await eventually(async () => {
    const rows = await (await client.query({ query, format: 'JSONEachRow' })).json<{ runs: number }>()
    expect(Number(rows[0]?.runs)).toBe(sent)
  }, withinMs)
  return performance.now() - startedAt
}

const sessionMs = 10_000 // the default

it('new events are folded within seconds after the only projector was killed and started again', async () => {
  const projector = await startProjector()
  await untilFolded(60_000)
  await projector.end('SIGKILL')
  projector.start()
  expect(await untilFolded(60_000)).toBeLessThan(sessionMs - 1_000)
}, 150_000)

it('so are they after one of two was killed and started again', async () => {
  const second = await startProjector()
  await eventually(() => expect(second.output).toContain('Partitions assigned'), 60_000)
  await untilFolded(60_000)
  await second.end('SIGKILL')
  second.start()
  expect(await untilFolded(60_000)).toBeLessThan(sessionMs - 1_000)
}, 150_000)
