import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  createTestTopic,
  eventually,
  GatewayProcess,
  type StartedStack,
  startTestStack,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { readLog } from './read-log.ts'

let stack: StartedStack

// A separate broker, because these tests kill it; the registry is shared by all tests.
beforeAll(async () => {
  const { PATH, HOME, HEADWATER_CACHE } = process.env
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  const env = { PATH, HOME, HEADWATER_CACHE, SCHEMA_REGISTRY_URL: schemaRegistryUrl, CLICKHOUSE_URL: clickhouseUrl }
  stack = await startTestStack({ home: join(tmpdir(), uniqueName('headwater-outage')), env })
})
afterAll(() => stack?.stop())

type Answer = {
  readonly runId: string
  readonly status: number
  readonly position: string
  readonly retryAfter: string | null
}

type Sending = { readonly answers: readonly Answer[]; stop(): Promise<void> }

/** Sends events from several clients until stopped and keeps every answer; a cut connection counts as status 0. */
function keepSending(url: string, text = '', count = 50): Sending {
  const answers: Answer[] = []
  let isStopping = false
  async function client(name: number): Promise<void> {
    for (let n = 0; !isStopping; n++) {
      const runId = `run-${name}-${n}`
      const event = {
        type: 'MaterializationEvent',
        job: 'shop/load',
        runId,
        occurredAt: 1_768_478_400_000,
        error: text,
      }
      const body = gzipSync(JSON.stringify(event)) // so that the gateway decompresses more than these clients could send
      const headers = { 'content-encoding': 'gzip' }
      const answer = await fetch(`${url}/api/v1/events`, { method: 'POST', headers, body }).catch(() => undefined)
      const { status = 0, headers: found = new Headers() } = answer ?? {}
      answers.push({
        runId,
        status,
        position: found.get('headwater-position') ?? '',
        retryAfter: found.get('retry-after'),
      })
      await answer?.body?.cancel()
      if (status !== 201) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const clients = Array.from({ length: count }, (_, name) => client(name))
  return {
    answers,
    async stop() {
      isStopping = true
      await Promise.all(clients)
    },
  }
}

const accepted = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 201)

function expectStoredOrLater(answers: readonly Answer[]): void {
  for (const { status, retryAfter } of answers) {
    expect([201, 503]).toContain(status)
    expect(retryAfter).toEqual(status === 503 ? expect.stringMatching(/^[12]$/) : null)
  }
}

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1])
}

async function expectAllFound(topic: string, answers: readonly Answer[]): Promise<void> {
  const log = await readLog(topic, stack.addresses)
  const missing = accepted(answers).filter(({ position, runId }) => {
    const event = log.get(position)?.event
    return event === undefined || !('runId' in event) || event.runId !== runId
  })
  expect(missing).toEqual([])
}

async function more(sending: Sending, count: number): Promise<void> {
  const before = accepted(sending.answers).length
  await eventually(() => expect(accepted(sending.answers).length).toBeGreaterThan(before + count), 60_000)
}

it('answers 503 with Retry-After while the broker is frozen or killed, then recovers with every acknowledged event at its position', async () => {
  const kafka = stack.stack?.part('kafka')
  if (kafka === undefined) throw new Error('Killing the broker needs the embedded stack: install Java 17 and Maven')
  const topic = await createTestTopic(3, stack.addresses)
  const gateway = new GatewayProcess({
    stack: stack.addresses,
    topic,
    env: { GATEWAY_MAX_QUEUED_EVENTS: '20', GATEWAY_DEADLINE_MS: '1000' },
  })
  onTestFinished(() => gateway.kill())
  await gateway.start()
  const sending = keepSending(gateway.url)
  await more(sending, 100)
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
    const before = sending.answers.length
    kafka.kill(signal)
    await eventually(() => {
      const late = sending.answers.slice(before).filter(({ status }) => status === 503)
      expect(late.length).toBeGreaterThan(20)
    }, 30_000)
    if (signal === 'SIGSTOP') kafka.kill('SIGCONT')
    else {
      // The gateway caches for a second whether the broker is reachable.
      await eventually(async () => expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503))
      await kafka.ready()
    }
    await more(sending, 100)
  }
  await sending.stop()
  expectStoredOrLater(sending.answers)
  expect(await gateway.stop()).toBe(0)
  await expectAllFound(topic, sending.answers)
}, 240_000)

it('loses no acknowledged event when the gateway is killed', async () => {
  const topic = await createTestTopic(3, stack.addresses)
  const gateway = new GatewayProcess({ stack: stack.addresses, topic })
  onTestFinished(() => gateway.kill())
  await gateway.start()
  const sending = keepSending(gateway.url, 'x'.repeat(1_000))
  for (let times = 0; times < 2; times++) {
    await more(sending, 200)
    await gateway.kill()
    await gateway.start()
  }
  await more(sending, 200)
  await sending.stop()
  await gateway.stop()
  await expectAllFound(topic, sending.answers)
}, 240_000)

it('keeps memory bounded while the broker is frozen and requests keep arriving', async () => {
  const kafka = stack.stack?.part('kafka')
  if (kafka === undefined) throw new Error('Freezing the broker needs the embedded stack: install Java 17 and Maven')
  const [bodyBytes, maxGrowth, refusals] = [100_000, 128 << 20, 3_000]
  expect(refusals * bodyBytes).toBeGreaterThan(2 * maxGrowth) // a leak of every refused body would exceed it
  const topic = await createTestTopic(3, stack.addresses)
  const env = { GATEWAY_MAX_QUEUED_BYTES: String(4 << 20), GATEWAY_DEADLINE_MS: '1000', LOG_LEVEL: 'error' }
  const gateway = new GatewayProcess({ stack: stack.addresses, topic, env })
  onTestFinished(() => gateway.kill())
  await gateway.start()
  const sending = keepSending(gateway.url, 'x'.repeat(bodyBytes), 100)
  await more(sending, 300)
  const [before, seen] = [await residentBytes(gateway.url), sending.answers.length]
  let most = 0
  kafka.kill('SIGSTOP')
  await eventually(async () => {
    most = Math.max(most, await residentBytes(gateway.url))
    const refused = sending.answers.slice(seen).filter(({ status }) => status === 503)
    expect(refused.length).toBeGreaterThan(refusals)
  }, 60_000)
  kafka.kill('SIGCONT')
  await more(sending, 100)
  await sending.stop()
  expect(most - before).toBeLessThan(maxGrowth)
  expectStoredOrLater(sending.answers)
  await gateway.stop()
  await expectAllFound(topic, sending.answers)
}, 120_000)
