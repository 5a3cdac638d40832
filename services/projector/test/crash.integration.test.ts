import { createClient } from '@clickhouse/client'
import {
  buildMaterialization,
  createTestTopic,
  eventually,
  ProjectorProcess,
  sendEvents,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { expect, it } from 'vitest'

// Kills of the broker, of ClickHouse and of the registry under load are part of the chaos run, which compares every table.

const chunk = 250
const chunks = 40

/** Sends events while `fault` happens again and again, then checks that each is in the tables exactly once. */
async function survives(
  fault: (projector: ProjectorProcess, round: number) => Promise<void>,
  rounds: number,
): Promise<void> {
  const addresses = testStack()
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

it('kill -9 of the projector in the middle of batches loses nothing and counts nothing twice', async () => {
  await survives(async (projector) => {
    await projector.end('SIGKILL')
    projector.start()
  }, 5)
}, 180_000)
