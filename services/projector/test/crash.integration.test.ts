import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import type { PartName, Stack } from '@headwater/local'
import {
  buildMaterialization,
  createTestTopic,
  eventually,
  ProjectorProcess,
  type StartedStack,
  sendEvents,
  startTestStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// A stack of its own, since its parts are killed here.
let started: StartedStack
let stack: Stack

beforeAll(async () => {
  const { PATH, HOME, HEADWATER_CACHE } = process.env
  started = await startTestStack({
    home: join(tmpdir(), uniqueName('headwater crash')),
    env: { PATH, HOME, HEADWATER_CACHE },
  })
  if (started.stack === undefined) throw new Error('Killing parts needs the embedded stack: install Java 17 and Maven')
  stack = started.stack
})
afterAll(() => started?.stop())

const chunk = 250
const chunks = 40

/** Sends events while `fault` happens repeatedly, then checks that each event is in the tables exactly once. */
async function survives(
  fault: (projector: ProjectorProcess, round: number) => Promise<void>,
  rounds: number,
): Promise<void> {
  const { addresses } = started
  const topic = await createTestTopic(3, addresses)
  const database = uniqueName('crash')
  const projector = new ProjectorProcess({
    stack: addresses,
    topic,
    deadLetters: `${topic}.dead`,
    database,
    groupId: topic,
  })
  projector.start()
  const client = createClient({ url: addresses.clickhouseUrl, request_timeout: 30_000, log: { level: 127 } })
  const count = async (expression: string, table: string): Promise<number> => {
    const query = `SELECT ${expression} AS n FROM \`${database}\`.${table} FINAL`
    return Number((await (await client.query({ query, format: 'JSONEachRow' })).json<{ n: number }>())[0]?.n)
  }
  try {
    let sent = 0
    const sending = (async () => {
      for (; sent < chunks; sent++) {
        const at = sent
        await sendEvents(
          topic,
          Array.from({ length: chunk }, (_, index) => event(at * chunk + index)),
          addresses,
        )
      }
    })()
    sending.catch(() => undefined) // awaited below
    for (let round = 0; round < rounds; round++) {
      const before = Math.floor(((round + 1) * chunks) / (rounds + 1))
      await eventually(async () => expect(sent).toBeGreaterThanOrEqual(before), 60_000)
      await fault(projector, round)
    }
    await sending
    await eventually(async () => expect(await count('count()', 'run_facts')).toBe(chunks * chunk), 90_000)
    expect(await count('uniqExact(run_id)', 'run_facts')).toBe(chunks * chunk)
    expect(await count(`sum(output_metrics[1]['number'])`, 'run_facts')).toBe(
      (chunks * chunk * (chunks * chunk - 1)) / 2,
    )
    expect(await projector.end('SIGTERM')).toBe(0)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${projector.output.slice(-2_000)}`, { cause: error })
  } finally {
    await projector.end('SIGKILL')
    await client.close()
  }
}

const event = (number: number) =>
  buildMaterialization({ inputs: ['s3://in'], outputs: [{ key: `s3://out/${number % 50}`, metrics: { number } }] })

const killed = async (part: PartName) => {
  stack.part(part).kill('SIGKILL')
  await stack.part(part).ready()
}

describe('kill -9 loses nothing and counts nothing twice', () => {
  it('of the projector in the middle of a batch', async () => {
    await survives(async (projector) => {
      await projector.end('SIGKILL')
      projector.start()
    }, 5)
  }, 180_000)

  it('of the ClickHouse engine', async () => survives(() => killed('clickhouse'), 2), 180_000)

  it('of the broker', async () => survives(() => killed('kafka'), 2), 180_000)
})
