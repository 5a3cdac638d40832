import { createClient } from '@clickhouse/client'
import { readRows } from '@headwater/clickhouse'
import {
  buildMaterialization,
  type ClickHouseFault,
  type ClickHouseProxy,
  createTestTopic,
  eventually,
  ProjectorProcess,
  propertyRuns,
  sendEvents,
  startClickHouseProxy,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

const perFault = 20
let sent = 0

let proxy: ClickHouseProxy
let projector: ProjectorProcess
let topic: string
const database = uniqueName('troubles')
const client = createClient({ url: testStack().clickhouseUrl, database, log: { level: 127 } })
const ended: string[] = []

beforeAll(async () => {
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  topic = await createTestTopic(3)
  projector = new ProjectorProcess({
    stack: { ...testStack(), clickhouseUrl: proxy.url },
    ...{ topic, deadLetters: `${topic}.dead`, database, groupId: topic },
    onUnexpectedEnd: (how) => ended.push(how),
  })
})
afterAll(async () => {
  await projector.end('SIGKILL')
  await client.close()
  await proxy.close()
})

async function sendMore(): Promise<void> {
  const events = Array.from({ length: perFault }, (_, index) =>
    buildMaterialization({ inputs: ['s3://in'], outputs: [{ key: `s3://out/${(sent + index) % 7}` }] }),
  )
  await sendEvents(topic, events)
  sent += perFault
}

/** Waits until every event is folded, and checks that none is there twice. */
async function expectAllFolded(): Promise<void> {
  await eventually(async () => {
    expect(ended, projector.output.slice(-2_000)).toEqual([])
    const [row] = await readRows<{ facts: string; runs: string }>(client, {
      query: 'SELECT toString(count()) AS facts, toString(uniqExact(run_id)) AS runs FROM run_facts FINAL',
    })
    expect(row).toEqual({ facts: String(sent), runs: String(sent) })
  }, 60_000)
}

const whileStarting: ClickHouseFault = { kind: 'page', status: 502 }
const faults: readonly ClickHouseFault[] = [
  ...[243, 285, 286, 225, 236, 394, 173, 201, 75, 76, 499, 473, 1001, 439].map(
    (code) => ({ kind: 'code', code }) as const,
  ),
  { kind: 'code', code: 745, named: false },
  { kind: 'codeAfter', code: 319 },
  { kind: 'codeAfter', code: 209 },
  { kind: 'resetAfter' },
  { kind: 'page', status: 200 },
  { kind: 'page', status: 503 },
  { kind: 'reset' },
  { kind: 'midway', code: 243, tagged: true },
  { kind: 'cut', how: 'clean' },
]

/** One of each kind in `npm test`, each of them in `npm run test:long`. */
const chosen =
  propertyRuns(1) === 1 ? faults.filter(({ kind }, index) => index === 0 || kind !== faults[index - 1]?.kind) : faults

it('waits for ClickHouse when it starts', async () => {
  proxy.answerWith(whileStarting)
  projector.start()
  await eventually(async () => expect(projector.output).toContain('CLICKHOUSE_UNAVAILABLE:NOT_CLICKHOUSE'), 60_000)
  proxy.passOn()
  await sendMore()
  await expectAllFolded()
})

it('outlives every trouble that passes, loses nothing and counts nothing twice', async () => {
  for (const fault of chosen) {
    const met = proxy.faults
    proxy.answerWith(fault)
    await sendMore()
    await eventually(async () => expect(proxy.faults).toBeGreaterThan(met + 2))
    proxy.passOn()
    await expectAllFolded()
  }
  for (const line of ['"waitingFor":"CLICKHOUSE_UNAVAILABLE:NOT_ENOUGH_SPACE","since":', 'The wait is over']) {
    expect(projector.output).toContain(line)
  }
  expect(ended).toEqual([])
})

/** Every record of this log is one fact, so rows and positions that belong together count the same. */
async function expectRowsAsPositions(): Promise<void> {
  const [row] = await readRows<{ facts: string; folded: string }>(client, {
    query: `SELECT toString((SELECT count() FROM run_facts FINAL)) AS facts, toString(sum(last + 1)) AS folded
      FROM (SELECT max(last_offset) AS last FROM folded_offsets WHERE is_folded = 1 GROUP BY partition)`,
  })
  expect(row?.facts).toBe(row?.folded)
}

const facts = { matching: /INSERT INTO .*\brun_facts\b/ }

it('stores the batch under way when it is stopped, whatever signals follow', async () => {
  proxy.answerWith({ kind: 'hold' }, facts)
  const met = proxy.faults
  await sendMore()
  await eventually(() => expect(proxy.faults).toBeGreaterThan(met))
  const gone = projector.end('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) projector.signal(signal)
  proxy.passOn()
  expect({ code: await gone, output: projector.output.slice(-1_000) }).toMatchObject({ code: 0 })
  await expectRowsAsPositions()
  projector.start()
  await expectAllFolded()
})

it('is stopped while it waits for ClickHouse in the middle of a batch, and loses nothing', async () => {
  proxy.answerWith(243, facts)
  const met = proxy.faults
  await sendMore()
  await eventually(() => expect(proxy.faults).toBeGreaterThan(met + 1))
  expect(await projector.end('SIGINT')).toBe(0)
  proxy.passOn()
  projector.start()
  await expectAllFolded()
})

it('ends with one line when ClickHouse denies it, and starts again with nothing lost', async () => {
  proxy.answerWith(497)
  await sendMore()
  await eventually(async () => expect(ended).toEqual(['ended by itself with 1']))
  expect(projector.output.trimEnd().split('\n').at(-1)).toMatch(
    /^headwater projector: ClickHouse denies it: .*ACCESS_DENIED, code 497/,
  )
  proxy.passOn()
  ended.length = 0
  projector.start()
  await expectAllFolded()
})
